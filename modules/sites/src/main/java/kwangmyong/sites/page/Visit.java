package kwangmyong.sites.page;

import java.time.Instant;
import kwangmyong.kernel.session.AskerSeal.Asker;
import kwangmyong.web.http.Request;
import kwangmyong.web.page.Language;
import org.jspecify.annotations.Nullable;

/**
 * One request with what the site may know of it.
 *
 * @param asker who asks, as the gateway sealed it; null in the world, which is not told
 * @param now by the lab's clock
 */
public record Visit(Request request, @Nullable Asker asker, Instant now, Language language) {
    /** This page in the other language. */
    public String otherLanguage() {
        String query = request.target().query();
        StringBuilder kept = new StringBuilder("?");
        for (String field : query.split("&", -1)) {
            if (!field.isEmpty() && !field.startsWith(Language.FIELD + "=")) {
                kept.append(field).append('&');
            }
        }
        return kept.append(Language.FIELD)
                .append('=')
                .append(language.other().tag())
                .toString();
    }
}
