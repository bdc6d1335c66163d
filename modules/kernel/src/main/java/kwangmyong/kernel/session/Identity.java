package kwangmyong.kernel.session;

import java.net.InetAddress;
import kwangmyong.kernel.place.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, from where.
 *
 * @param terminal the lab address (never the loopback form)
 * @param attachment where the terminal is plugged in; null for an address that belongs to none
 * @param session who is there; null when nobody has logged in
 */
public record Identity(
        InetAddress terminal,
        @Nullable Attachment attachment,
        @Nullable Session session) {
    /** The subject's name, or null when nobody has logged in. */
    public @Nullable String subject() {
        return session == null ? null : session.subject();
    }
}
