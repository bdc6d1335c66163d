package kwangmyong.access.api;

import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;

/** What a service would say beyond the rules, so that explanations say it too. Changes nothing; any thread may ask. */
@FunctionalInterface
public interface Foresight {
    /** Nothing beyond the rules. */
    Foresight NONE = (access, allowed) -> allowed;

    /** What becomes of an access that the rules allow: the same decision, or the service's own. */
    Decision of(Access access, Decision allowed);
}
