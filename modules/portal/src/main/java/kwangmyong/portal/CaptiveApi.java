package kwangmyong.portal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import kwangmyong.kernel.session.Session;
import kwangmyong.web.http.Reply;
import org.jspecify.annotations.Nullable;

/** The captive portal's API for programs (RFC 8908). */
final class CaptiveApi {
    private CaptiveApi() {}

    /**
     * The state of a terminal.
     *
     * @param session who is there; null when nobody is
     * @param host the portal's own name, of the usual characters of a host
     */
    static Reply state(@Nullable Session session, Instant now, String host) {
        StringBuilder json = new StringBuilder("{\"captive\":")
                .append(session == null)
                .append(",\"user-portal-url\":\"https://")
                .append(host)
                .append("/\",\"can-extend-session\":false");
        Instant until = session == null ? null : session.until();
        if (until != null) {
            long seconds = Math.max(0, Duration.between(now, until).toSeconds());
            json.append(",\"seconds-remaining\":").append(seconds);
        }
        byte[] body = json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
        return Reply.bytes(200, "application/captive+json", body).with("Cache-Control", "private, no-store");
    }
}
