package kwangmyong.access.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Who is where. Calls behave as those of {@link Operations}. */
public interface Presence {
    /** Everybody who is somewhere, by terminal; the session of the whole terminal before those of credentials there. */
    List<SessionView> sessions();

    /**
     * Puts a subject at a terminal without a password.
     *
     * @param terminal a lab address
     * @param by the operator
     */
    CompletionStage<SessionView> logIn(String subject, String terminal, String by);

    /**
     * Ends whatever sessions a terminal has.
     *
     * @return whether there was one
     */
    CompletionStage<Boolean> logOut(String terminal, String by);

    /**
     * Ends one session, open connections included; the others at its terminal stay.
     *
     * @param session its id, or so many of the first characters of it as no other has
     * @return as it was
     */
    CompletionStage<SessionView> end(String session, String by);

    /**
     * Lets a session last longer than all that would have ended it.
     *
     * @param session as of {@link #end}; one that ends by itself
     * @param longer more than zero, at most {@link GrantRequest#LONGEST}
     */
    CompletionStage<SessionView> extend(String session, Duration longer, String by);
}
