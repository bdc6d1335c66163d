package kwangmyong.kernel.session;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;

/** The live table of who is where. Any thread may call it; none of its calls blocks. */
public interface Sessions {
    /** Who is at a terminal now; constant time, no lock. */
    Identity at(InetAddress terminal);

    /**
     * Whether an identity that was given out earlier still holds: its session has neither ended nor expired, and nobody else has taken the
     * terminal since. For open connections.
     */
    boolean stands(Identity identity);

    /**
     * Checks a name and password given to a service on one connection. The terminal gives the ceiling, the credentials name the subject.
     * The first check costs a password hash, away from the caller's thread; the same credentials at the same terminal then cost none while
     * that session lasts. Journals the log-in, and completes once that is on disk.
     *
     * @param layer which service asks; the subject must be allowed to {@code LOG_IN} to the service of that name
     */
    CompletionStage<Authentication> authenticate(InetAddress terminal, String name, String password, Layer layer);

    /** As {@link #authenticate}, and on success the whole terminal is the subject's until log-out or expiry: what the portal does. */
    CompletionStage<Authentication> logIn(InetAddress terminal, String name, String password);

    /** Ends whatever session a terminal has; completes with whether there was one, once that is on disk. */
    CompletionStage<Boolean> logOut(InetAddress terminal);

    /** What came of a log-in. */
    sealed interface Authentication {
        /** The subject is who it says. */
        record Accepted(Identity identity) implements Authentication {}

        /** It is not, or may not log in here; the decision's reason says which. */
        record Refused(Decision decision) implements Authentication {}
    }
}
