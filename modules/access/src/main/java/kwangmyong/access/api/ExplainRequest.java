package kwangmyong.access.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to explain.
 *
 * @param subject {@link #NOBODY} for a terminal that nobody has logged in at
 * @param target a name, a URL, an address, {@code name:port} or a mailbox
 * @param terminal a lab address, or the name of an attachment; null for where the subject is, has a seat, or could log in
 * @param at by the lab's clock; null for now
 */
public record ExplainRequest(
        String subject,
        String target,
        @Nullable String terminal,
        @Nullable Instant at) {
    public static final String NOBODY = "nobody";

    public static ExplainRequest of(String subject, String target) {
        return new ExplainRequest(subject, target, null, null);
    }
}
