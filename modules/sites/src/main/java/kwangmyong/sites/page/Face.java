package kwangmyong.sites.page;

import kwangmyong.sites.text.Bilingual;
import kwangmyong.web.page.Language;

/**
 * What a site looks like.
 *
 * @param theme the name of its colours in the stylesheet
 * @param world whether it is outside, and marked so
 */
public record Face(Bilingual title, String theme, boolean world) {
    public String title(Language language) {
        return language == Language.KOREAN ? title.korean() : title.english();
    }
}
