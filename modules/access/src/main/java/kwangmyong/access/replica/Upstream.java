package kwangmyong.access.replica;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** What a replica asks of the controller that it follows. A stage fails when the controller is away; none of the calls blocks. */
public interface Upstream {
    /**
     * Whether a name and password hold at a terminal.
     *
     * @param layer null for a log-in after which the whole terminal is the subject's
     */
    CompletionStage<Answer> logIn(InetAddress terminal, String name, String password, @Nullable Layer layer);

    /** Ends whatever session a terminal has; whether there was one. */
    CompletionStage<Boolean> logOut(InetAddress terminal);

    /**
     * What came of a log-in: one of the two is there.
     *
     * @param session null where it was refused
     * @param refusal null where it was accepted
     */
    record Answer(@Nullable Session session, @Nullable Decision refusal) {
        public Answer {
            if ((session == null) == (refusal == null)) {
                throw new IllegalArgumentException("an answer is a session or a refusal");
            }
        }
    }
}
