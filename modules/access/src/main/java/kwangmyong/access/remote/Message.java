package kwangmyong.access.remote;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * What the two ends of a connection say, one JSON object behind its length in four octets. A service says {@link Hello} first, the controller {@link Welcome}; then rules, grants and
 * sessions come as they are, and again whenever they change. Either end says {@link Beat} or something else at least every {@link RemoteLimits#beatEvery()}.
 */
sealed interface Message {
    /** Of this form of the protocol. */
    int VERSION = 1;

    /**
     * The service's first word. Who it is stands in its certificate.
     *
     * @param version {@link #VERSION}
     * @param lab the name of the lab that its own configuration is of
     * @param service what it serves: {@code gateway}
     * @param journalled the number of the newest line of its journal
     * @param credentials sessions that its clients' credentials began and that it still goes by
     */
    record Hello(int version, String lab, String service, long journalled, List<Session> credentials)
            implements Message {}

    /**
     * The controller's first word.
     *
     * @param seal the key by which sites are told who asks, Base64; a secret
     */
    record Welcome(int version, String lab, String seal) implements Message {}

    /** Nothing new; from the controller with its clock: how many seconds of the lab's pass in one of the machine's. */
    record Beat(@Nullable Instant now, double speed) implements Message {}

    /**
     * The rules in force from now on.
     *
     * @param policy with every grant that stands
     * @param hash what both ends must make of it
     */
    record Rules(Policy policy, String hash) implements Message {}

    /** Other grants under the same rules. */
    record Grants(List<Grant> grants, String hash) implements Message {}

    /**
     * Who is where.
     *
     * @param whole whether these are all, rather than what is new
     * @param left terminals where nobody is any more
     */
    record Seating(boolean whole, List<Session> present, List<InetAddress> left) implements Message {}

    /** Credentials that hold no longer, by the ids of their sessions. */
    record Ended(List<String> sessions) implements Message {}

    /**
     * Somebody gave a name and a password.
     *
     * @param id by which the answer is known
     * @param layer null where the terminal is to be theirs
     */
    record LogIn(
            long id,
            InetAddress terminal,
            String name,
            String password,
            @Nullable Layer layer) implements Message {
        /** Without what must not be shown. */
        @Override
        public String toString() {
            return "LogIn[" + id + ", " + name + " at " + terminal + "]";
        }
    }

    /** Somebody wants to be nobody again. */
    record LogOut(long id, InetAddress terminal) implements Message {}

    /**
     * What came of a log-in.
     *
     * @param session null where it was refused
     * @param refusal null where it was accepted
     * @param failure in a sentence, where neither could be found out
     */
    record LoggedIn(
            long id,
            @Nullable Session session,
            @Nullable Decision refusal,
            @Nullable String failure) implements Message {}

    /** What came of a log-out. */
    record LoggedOut(long id, boolean was, @Nullable String failure) implements Message {}

    /** The controller has the service's journal up to a line, on disk, and wants what comes behind it. */
    record Fetch(long after) implements Message {}

    /** Lines of the service's journal, in order, as they stand. */
    record Lines(List<String> lines) implements Message {}

    /** Why the connection ends, in a sentence. */
    record Farewell(String why) implements Message {}
}
