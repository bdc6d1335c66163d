package kwangmyong.access.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Who there is, how they prove it, and who may not. Calls behave as those of {@link Operations}. What is changed here is state: it outlives the
 * lab's process, and gives way where the configuration declares something else.
 */
public interface People {
    /** Everybody who is declared, in order of declaration, then those who were added, in order of adding. */
    List<SubjectView> subjects();

    /**
     * Adds a subject until they are removed. Their name, seats and mailbox must be nobody's.
     *
     * @param by the operator
     */
    CompletionStage<SubjectView> addSubject(NewSubject subject, String by);

    /** Removes a subject who was added, with sessions, grants, password and keys. One who is declared can only be locked. */
    CompletionStage<SubjectView> removeSubject(String subject, String by);

    /**
     * Gives a subject another password; credentials that were given before hold no longer. Holds until the configuration declares another one
     * than it does now.
     *
     * @param password at most 1,024 characters; null for none at all, so that nobody logs in by password
     */
    CompletionStage<SubjectView> setPassword(String subject, @Nullable String password, String by);

    /**
     * Adds a public key by which the subject logs in over SSH.
     *
     * @param line as in OpenSSH's {@code authorized_keys}: {@code ssh-ed25519 AAAA… comment}, without options
     */
    CompletionStage<SubjectView> addKey(String subject, String line, String by);

    /**
     * Takes a public key away.
     *
     * @param key its fingerprint, {@code SHA256:…}, or its comment where that is of one key only
     */
    CompletionStage<SubjectView> removeKey(String subject, String key, String by);

    /**
     * Ends a subject's sessions, open connections included, and lets them log in nowhere until they are unlocked. Their seats stay empty
     * meanwhile.
     *
     * @param reason for the journal and for operators; may be empty
     */
    CompletionStage<SubjectView> lock(String subject, String reason, String by);

    CompletionStage<SubjectView> unlock(String subject, String by);

    /** Names and addresses that must wait since too many log-ins failed, longest wait first; those of operators too. */
    List<SlowedView> slowed();

    /**
     * Forgets the failures of a name, of an operator's name, or of an address.
     *
     * @return whether there were any
     */
    CompletionStage<Boolean> forgive(String who, String by);
}
