package kwangmyong.sites.library;

import java.util.ArrayList;
import java.util.List;
import kwangmyong.sites.library.Catalogue.Found;
import kwangmyong.web.page.Messages.Texts;

/** A page of results. */
record ResultsPage(Texts texts, Asked asked, Found found) {
    private static final int NEIGHBOURS = 3;

    /** The pages to offer: the first, the last, and those around this one; 0 stands for a gap. */
    List<Integer> pages() {
        List<Integer> pages = new ArrayList<>();
        int previous = 0;
        for (int page = 1; page <= found.pages(); page++) {
            boolean offered = page == 1 || page == found.pages() || Math.abs(page - found.page()) <= NEIGHBOURS;
            if (offered) {
                if (page > previous + 1) {
                    pages.add(0);
                }
                pages.add(page);
                previous = page;
            }
        }
        return pages;
    }

    int first() {
        return (found.page() - 1) * Catalogue.PAGE_SIZE + 1;
    }

    int last() {
        return first() + found.hits().size() - 1;
    }
}
