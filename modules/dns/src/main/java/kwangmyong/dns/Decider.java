package kwangmyong.dns;

import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;

/** How the engine asks whether a name may be resolved or a zone handed over; who asks, and when, it need not know. */
@FunctionalInterface
interface Decider {
    /**
     * Decides one access.
     *
     * @param name as rules write it
     * @param type the type's mnemonic
     */
    Decision decide(Action action, String name, String type);

    /**
     * Says that a signature on the message names a subject, for whom it is decided from now on; the terminal stays what it is.
     *
     * @param key that it was signed by
     */
    default void speaksFor(String subject, String key) {}

    /** Has a zone that comes from elsewhere asked after soon. */
    default void wake(String zone) {}

    /** Has a line in the journal for what nobody had to decide: {@code tsig}, on a key, {@code BADSIG}. */
    default void note(String action, String on, String detail) {}
}
