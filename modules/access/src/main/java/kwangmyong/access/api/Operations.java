package kwangmyong.access.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What an operator, or a page on a subject's behalf, may ask of the access controller. Who may ask is the caller's business. None of the
 * calls blocks; those that change something complete once it is on disk. What cannot be done fails with an {@link OperationException}: the
 * stage's failure where there is a stage, thrown otherwise.
 */
public interface Operations extends People, Presence, Rules {
    Status status();

    /** Those not yet over, in order of their end. */
    List<GrantView> grants();

    /** What each layer would decide, and why. */
    Explanation explain(ExplainRequest request);

    /** Gives more clearance for a while. */
    CompletionStage<GrantView> grant(GrantRequest request);

    /**
     * Takes a grant back.
     *
     * @param id of the grant, or the name of a subject who has exactly one
     * @param by the operator
     */
    CompletionStage<GrantView> revoke(String id, String by);

    /** The latest denials at a terminal, newest first; bounded, and forgotten when the lab stops. */
    List<DenialView> denialsAt(String terminal);

    /** The latest denials of a subject, wherever they were, newest first. */
    List<DenialView> denialsOf(String subject);

    /** Who looks as if they were trying to get round what is allowed, the highest score first; bounded. */
    List<Watch> watch();

    /**
     * Whether an operator's name and password hold; failed attempts are slowed by name and by address.
     *
     * @param from where the attempt comes from, as text that tells one place from another
     */
    CompletionStage<Boolean> checkOperator(String name, String password, String from);
}
