package kwangmyong.kernel.session;

import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subject at a terminal, from log-in to log-out or expiry.
 *
 * @param id unique within the lab, unguessable
 * @param until when it expires by the lab's clock; null when it does not
 */
public record Session(
        String id,
        String subject,
        InetAddress terminal,
        Instant since,
        @Nullable Instant until,
        Origin origin) {
    /** How a session came about. */
    public enum Origin {
        /** The terminal is the subject's seat. */
        SEAT,
        /** A log-in at the portal or by the operator: the whole terminal is theirs. */
        PORTAL,
        /** Credentials given to one service on one connection (proxy credentials, SASL): theirs alone. */
        CREDENTIALS
    }
}
