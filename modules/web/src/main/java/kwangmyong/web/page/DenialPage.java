package kwangmyong.web.page;

import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.web.http.Reply;

/** A denial as its presentation says: an error page, a reset, or silence. */
public final class DenialPage {
    private DenialPage() {}

    /**
     * The reply to a denied access.
     *
     * @param portal the portal's URL, where one sees why, and where one logs in: {@code http://portal.kp/}
     */
    public static Reply of(Decision decision, Language language, String portal) {
        if (!(decision.presentation() instanceof Presentation.Http http)) {
            return ErrorPage.of(403, explanation(decision), language);
        }
        return switch (http) {
            case BLOCK_PAGE, REDIRECT, THROTTLE ->
                ErrorPage.of(451, explanation(decision), language)
                        .with("Link", "<" + portal + ">; rel=\"blocked-by\""); // RFC 7725 §4
            case FORBIDDEN, TLS_ALERT, EMPTY, CLOSE -> ErrorPage.of(403, explanation(decision), language);
            case NOT_FOUND -> ErrorPage.of(404, "", language);
            case LOG_IN_NEEDED -> ErrorPage.of(511, portal, language);
            case RESET -> Reply.reset();
            case HANG -> Reply.hang();
        };
    }

    private static String explanation(Decision decision) {
        return "Rule " + decision.rule() + ": " + decision.reason().explanation() + ".";
    }
}
