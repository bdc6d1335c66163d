package kwangmyong.portal;

import java.time.Instant;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.web.http.Request;
import kwangmyong.web.page.Asker;
import kwangmyong.web.page.Messages.Texts;
import org.jspecify.annotations.Nullable;

/**
 * One request to a page of the portal, with all that the page needs to know.
 *
 * @param identity who is at the terminal that asks
 * @param now by the lab's clock
 */
record Visit(Request request, Asker asker, Identity identity, Texts texts, Instant now) {
    @Nullable
    Session session() {
        return identity.session();
    }

    /** The subject logged in at the terminal, or else the one whose credentials the gateway took; null for nobody. */
    @Nullable
    String subject() {
        String there = identity.subject();
        return there == null ? asker.subject() : there;
    }
}
