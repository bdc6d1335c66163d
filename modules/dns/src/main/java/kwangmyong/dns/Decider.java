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
}
