package kwangmyong.dns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** One query by one terminal: passes each decision on and keeps it for the journal. */
final class Inquiry implements Decider {
    private static final int USUAL_DECISIONS = 2;

    private final AccessPolicy policy;
    private final Consumer<String> waker;
    private Identity who;
    private final Instant when;
    private final @Nullable String servedHere;
    private final List<Made> made = new ArrayList<>(USUAL_DECISIONS);
    private @Nullable Event noted;

    /**
     * One query.
     *
     * @param servedHere the only attachment that may ask here; null for any
     * @param waker told of zones whose primary says that they changed
     */
    Inquiry(AccessPolicy policy, Identity who, Instant when, @Nullable String servedHere, Consumer<String> waker) {
        this.waker = waker;
        this.policy = policy;
        this.who = who;
        this.when = when;
        this.servedHere = servedHere;
    }

    /** One decision of the query. */
    record Made(Access access, Decision decision) {}

    @Override
    public Decision decide(Action action, String name, String type) {
        Access access = new Access(who, Layer.DNS, action, new Resource.Name(name, type), when);
        Decision decision = isServed() ? policy.decide(access) : refused(policy.decide(access));
        made.add(new Made(access, decision));
        return decision;
    }

    @Override
    public void speaksFor(String subject, String key) {
        Session session = new Session("tsig " + key, subject, who.terminal(), when, null, Session.Origin.CREDENTIALS);
        who = new Identity(who.terminal(), who.attachment(), session);
    }

    @Override
    public void wake(String zone) {
        waker.accept(zone);
    }

    @Override
    public void note(String action, String on, String detail) {
        noted = new Event(when, Layer.DNS, who, action, on, null, detail, 0);
    }

    /** What is to be journaled beside the decisions; null for nothing. */
    @Nullable
    Event noted() {
        return noted;
    }

    /** Every decision so far, in order; not to be written to. */
    List<Made> made() {
        return made;
    }

    private boolean isServed() {
        Attachment here = who.attachment();
        return servedHere == null || (here != null && here.name().equals(servedHere));
    }

    /** Whatever the rules would say elsewhere: the resolver of another attachment says nothing. */
    private static Decision refused(Decision elsewhere) {
        return new Decision(
                Verdict.DENY,
                Decision.NO_RULE,
                Reason.OTHER_RESOLVER,
                null,
                elsewhere.held(),
                Presentation.Dns.REFUSED,
                elsewhere.policy());
    }

    /** One line a decision: the name asked for, and each alias on the way. */
    void record(Journal journal, int elapsedMicros) {
        if (noted != null) {
            journal.record(noted);
        }
        for (Made each : made) {
            journal.record(Event.of(each.access(), each.decision(), elapsedMicros));
        }
    }
}
