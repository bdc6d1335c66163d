package kwangmyong.sites.news;

import java.time.LocalDate;
import java.util.List;
import kwangmyong.web.page.Messages.Texts;

/** One day of the archive, and the way to the others. */
record ArchivePage(Texts texts, List<LocalDate> days, Edition edition) {
    ArchivePage {
        days = List.copyOf(days);
    }
}
