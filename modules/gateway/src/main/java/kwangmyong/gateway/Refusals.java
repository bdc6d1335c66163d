package kwangmyong.gateway;

import java.net.InetAddress;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Sessions;

/** Journals messages that are refused as they stand: what they ask for cannot be said, only who sent them and what was wrong. */
final class Refusals {
    private static final String NO_POLICY = "0000000000000000";
    private static final Resource GATEWAY = new Resource.ServiceName("gateway");

    private final Sessions sessions;
    private final Journal journal;
    private final LabClock clock;

    Refusals(Sessions sessions, Journal journal, LabClock clock) {
        this.sessions = sessions;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * A client would not take the certificate that it was shown in a host's place: it knows another, or does not know the authority. Nobody
     * decided that, so the line has no decision.
     */
    void certificate(Identity who, Resource tunnel, String how) {
        journal.record(new Event(clock.now(), Layer.GATEWAY, who, "certificate-refused", tunnel, null, how, 0));
    }

    void record(InetAddress terminal, BadMessage bad) {
        Access access = new Access(sessions.at(terminal), Layer.GATEWAY, Action.FETCH, GATEWAY, clock.now());
        Decision decision = new Decision(
                Verdict.DENY,
                Decision.NO_RULE,
                Reason.MALFORMED,
                null,
                null,
                new Presentation.Refusal(bad.status()),
                NO_POLICY);
        journal.record(Event.of(access, decision, bad.why(), 0));
    }
}
