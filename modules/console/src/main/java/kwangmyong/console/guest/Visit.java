package kwangmyong.console.guest;

import java.util.Objects;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.jspecify.annotations.Nullable;

/** A subject's connection, with the session that their terminal has by it. */
public final class Visit {
    private static final AttributeKey<Visit> KEY = new AttributeKey<>();

    private final org.apache.sshd.common.session.Session connection;
    private final Identity identity;
    private volatile boolean isLeaving;
    /** Questions whether anybody is still there that nobody has answered yet. */
    private int unanswered;

    Visit(org.apache.sshd.common.session.Session connection, Identity identity) {
        this.connection = connection;
        this.identity = identity;
    }

    /** The visit of a connection; null where an operator, or nobody yet, is at its far end. */
    public static @Nullable Visit of(org.apache.sshd.common.session.Session connection) {
        return connection.getAttribute(KEY);
    }

    void begin() {
        connection.setAttribute(KEY, this);
    }

    org.apache.sshd.common.session.Session connection() {
        return connection;
    }

    /** Who is at the far end, and from which terminal. */
    public Identity identity() {
        return identity;
    }

    String subject() {
        return session().subject();
    }

    Session session() {
        return Objects.requireNonNull(identity.session());
    }

    /** Whoever ends their session themselves need not be told. */
    void leave() {
        isLeaving = true;
    }

    boolean isLeaving() {
        return isLeaving;
    }

    /** Counts one more question; tells how many nobody has answered. */
    synchronized int asked() {
        return unanswered++;
    }

    synchronized void answered() {
        unanswered = 0;
    }
}
