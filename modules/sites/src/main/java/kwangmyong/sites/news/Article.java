package kwangmyong.sites.news;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import kwangmyong.sites.text.Leaf;
import kwangmyong.sites.text.Prose;
import kwangmyong.sites.text.Prose.Block;
import kwangmyong.web.page.Language;

/**
 * One article; all of it is invented.
 *
 * @param place among the day's, from 1
 */
record Article(LocalDate day, int place, Instant published, Leaf leaf) {
    /** What the address ends in: {@code 2026-03-01-2}. */
    String id() {
        return day + "-" + place;
    }

    String address() {
        return "/article/" + id();
    }

    String title(Language language) {
        return leaf.title(language);
    }

    /** The first paragraph, as plain text. */
    String summary(Language language) {
        List<Block> body = leaf.body(language);
        for (Block block : body) {
            if (block instanceof Block.Paragraph paragraph) {
                return Prose.plain(paragraph.spans());
            }
        }
        return "";
    }
}
