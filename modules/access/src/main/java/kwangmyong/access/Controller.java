package kwangmyong.access;

import kwangmyong.access.api.Foresight;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.session.Sessions;

/** The authority as a service sees it: in its own process, or in another. */
public interface Controller extends AccessPolicy {
    /** Who is where. */
    Sessions sessions();

    /** Where services write what they decided. */
    Journal journal();

    /** The rules in force, grants included. */
    PolicySnapshot snapshot();

    /** Has explanations say what services decide beyond the rules. */
    void foresee(Foresight services);
}
