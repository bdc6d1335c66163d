package kwangmyong.sites.news;

import java.util.List;
import kwangmyong.web.page.Messages.Texts;

/**
 * The front page.
 *
 * @param newest articles, the first leading
 * @param received how many items came in today
 * @param printed how many of those passed
 */
record FrontPage(Texts texts, List<Article> newest, int received, int printed) {
    FrontPage {
        newest = List.copyOf(newest);
    }
}
