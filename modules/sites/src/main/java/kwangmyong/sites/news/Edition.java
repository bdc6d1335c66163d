package kwangmyong.sites.news;

import java.time.LocalDate;
import java.util.List;

/**
 * One day of a news site.
 *
 * @param received how many items came in
 * @param printed those that passed the editor, in their order
 */
record Edition(LocalDate day, int received, List<Article> printed) {
    Edition {
        printed = List.copyOf(printed);
    }
}
