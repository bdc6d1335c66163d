package kwangmyong.border;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.AccessPolicy;
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
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * Asks the one decision about flows, once for each and again when something changed, and tells the journal. Equal decisions about the same
 * terminal and resource have one id, so that equal lines fold, and captures say which line a packet belongs to.
 */
final class Deciding {
    private static final int MOST_IDS = 4_096;

    private final AccessPolicy policy;
    private final Sessions sessions;
    private final Journal journal;
    private final LabClock clock;
    private final Map<Object, String> ids = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, String> eldest) {
            return size() > MOST_IDS;
        }
    };
    private int age = 1;
    private int lastId;

    Deciding(AccessPolicy policy, Sessions sessions, Journal journal, LabClock clock) {
        this.policy = policy;
        this.sessions = sessions;
        this.journal = journal;
        this.clock = clock;
    }

    /** What equal decisions have in common. */
    private record Same(
            Resource.Flow resource,
            String terminal,
            @Nullable String subject,
            Verdict verdict,
            String rule,
            Reason reason) {}

    /** Decides a flow that has just begun. */
    void decide(Flow flow) {
        long begun = System.nanoTime();
        Access access = access(flow, sessions.at(flow.inside));
        take(flow, access, policy.decide(access), begun);
    }

    /** Decides a flow again; what was begun by one who is no longer there ends, whoever may have it now. */
    void decideAgain(Flow flow) {
        Identity before = flow.who;
        Decision old = flow.decision;
        if (before == null || old == null) {
            return;
        }
        long begun = System.nanoTime();
        boolean ended = before.session() != null && !sessions.stands(before);
        Access access = access(flow, sessions.at(flow.inside));
        Decision decision = policy.decide(access);
        if (ended && decision.isAllowed()) {
            decision = ended(decision);
        }
        if (decision.verdict() != old.verdict()
                || !decision.rule().equals(old.rule())
                || decision.reason() != old.reason()) {
            take(flow, access, decision, begun);
        } else {
            flow.who = ended ? before : access.who();
            flow.decision = decision;
            flow.fate = Fate.of(decision);
        }
    }

    private Access access(Flow flow, Identity who) {
        Instant when = clock.now();
        return new Access(who, Layer.BORDER, Action.FLOW, flow.resource, when);
    }

    private static Decision ended(Decision allowed) {
        return new Decision(
                Verdict.DENY,
                allowed.rule(),
                Reason.SESSION_ENDED,
                allowed.needed(),
                null,
                Presentation.Border.RESET,
                allowed.policy());
    }

    private void take(Flow flow, Access access, Decision decision, long begun) {
        boolean over = decision.reason() == Reason.SESSION_ENDED && flow.who != null;
        Identity who = over ? flow.who : access.who();
        String id = id(flow, who, decision);
        flow.who = who;
        flow.decision = decision;
        flow.fate = Fate.of(decision);
        flow.comment = decision.verdict().word() + " " + decision.rule() + " " + id;
        long micros = (System.nanoTime() - begun) / 1_000;
        journal.record(Event.of(access, decision, id, (int) Math.min(micros, Integer.MAX_VALUE)));
    }

    private String id(Flow flow, @Nullable Identity who, Decision decision) {
        Session session = who == null ? null : who.session();
        Same same = new Same(
                flow.resource,
                flow.inside.getHostAddress(),
                session == null ? null : session.subject(),
                decision.verdict(),
                decision.rule(),
                decision.reason());
        return ids.computeIfAbsent(same, first -> "d" + age + "." + ++lastId);
    }

    /** Counts decisions from the beginning again; no id comes back. */
    void reset() {
        ids.clear();
        lastId = 0;
        age++;
    }
}
