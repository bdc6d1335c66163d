package kwangmyong.access.api;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.session.Identity;

/**
 * The way in for whoever holds a connection open, as SSH does: the terminal becomes the subject's as by a log-in at the portal, with the same
 * obstacles, limits and lines in the journal. Somebody who is at the terminal already stays as they are. Any thread may call; nothing blocks.
 */
public interface Entrance {
    /**
     * Whether a public key is a subject's, declared or added. Proves nothing: whoever asks must see a signature before {@link #byKey}.
     *
     * @param key as in OpenSSH's {@code authorized_keys}, without options
     */
    boolean isKeyOf(String subject, String key);

    /** By a password, which costs a hash away from the caller's thread, and is slowed after failures. Completes once the log-in is on disk. */
    CompletionStage<Entry> byPassword(InetAddress terminal, String name, String password);

    /**
     * By a public key whose possession the caller has seen proved. Completes once the log-in is on disk.
     *
     * @param key as of {@link #isKeyOf}; refused where it is the subject's no longer
     */
    CompletionStage<Entry> byKey(InetAddress terminal, String name, String key);

    /**
     * Ends one session, and with it whatever credentials the terminal has; completes with whether it was still there, once that is on disk.
     *
     * @param session its id; a later one at the same terminal stays
     */
    CompletionStage<Boolean> leave(InetAddress terminal, String session);

    /** What came of it. */
    sealed interface Entry {
        /**
         * The terminal is theirs.
         *
         * @param begun whether the session began with this; otherwise they were there already
         */
        record Entered(Identity identity, boolean begun) implements Entry {}

        /** Not so; the decision's reason says why. */
        record Refused(Decision decision) implements Entry {}
    }
}
