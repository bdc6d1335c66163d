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
     * @param octetsLeft of the least quota that counts octets of whoever is there; null without one
     * @param host the portal's own name, of the usual characters of a host
     */
    static Reply state(@Nullable Session session, Instant now, @Nullable Long octetsLeft, String host) {
        StringBuilder json = new StringBuilder("{\"captive\":")
                .append(session == null)
                .append(",\"user-portal-url\":\"https://")
                .append(host)
                .append("/\",\"venue-info-url\":\"https://")
                .append(host)
                .append("/about\",\"can-extend-session\":false"); // a supervisor can, not the person
        Instant until = session == null ? null : session.until();
        if (until != null) {
            long seconds = Math.max(0, Duration.between(now, until).toSeconds());
            json.append(",\"seconds-remaining\":").append(seconds);
        }
        if (session != null && octetsLeft != null) {
            json.append(",\"bytes-remaining\":").append(octetsLeft);
        }
        byte[] body = json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
        return Reply.bytes(200, "application/captive+json", body).with("Cache-Control", "private, no-store");
    }
}
