package kwangmyong.border;

import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;

/** What becomes of the packets of a flow. */
enum Fate {
    PASS,
    DROP,
    RESET,
    PROHIBIT;

    static Fate of(Decision decision) {
        if (decision.isAllowed()) {
            return PASS;
        } else if (decision.presentation() == Presentation.Border.DROP) {
            return DROP;
        }
        return decision.presentation() == Presentation.Border.PROHIBITED ? PROHIBIT : RESET;
    }
}
