package kwangmyong.access.entry;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import kwangmyong.access.change.Plan;
import kwangmyong.access.config.MinutesQuota;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.session.Limits;
import kwangmyong.access.session.LiveSessions;
import kwangmyong.access.session.MinutesLedger;
import kwangmyong.access.session.Seating;
import kwangmyong.access.session.SessionIndex;
import kwangmyong.access.session.Turn;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.Store;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** Whether somebody who has proved to be themselves, or whom an operator vouches for, may have a session, and what it then is. */
public final class Admission {
    private final Supplier<PolicySnapshot> rules;
    private final Seating seating;
    private final LiveSessions live;
    private final MinutesLedger minutes;
    private final Limits limits;
    private final Store store;
    private final LabClock clock;

    public Admission(
            Supplier<PolicySnapshot> rules,
            Seating seating,
            LiveSessions live,
            MinutesLedger minutes,
            Limits limits,
            Store store,
            LabClock clock) {
        this.rules = rules;
        this.seating = seating;
        this.live = live;
        this.minutes = minutes;
        this.limits = limits;
        this.store = store;
        this.clock = clock;
    }

    boolean isLocked(String subject) {
        return store.find(Kept.Lock.class, Kept.Whose.SUBJECT.id(subject)).isPresent();
    }

    /** Whether a log-in of this name at this terminal is a {@code seat-mismatch}. */
    boolean isSomebodyElses(InetAddress terminal, String name) {
        PolicySnapshot current = rules.get();
        if (!current.policy().seatsAreExclusive()) {
            return false;
        }
        Session present = seating.at(terminal, clock);
        String owner = current.ownerOf(terminal);
        return (present != null && !present.subject().equals(name)) || (owner != null && !owner.equals(name));
    }

    /**
     * Why somebody may not have a session; null when they may. In this order: somebody else's terminal, the account, the rules, the minutes,
     * the number of terminals.
     *
     * @param access the log-in, with the session that is wanted
     */
    @Nullable
    public Decision obstacle(Access access, Session wanted) {
        PolicySnapshot current = rules.get();
        String subject = wanted.subject();
        Attachment place = access.who().attachment();
        if (isSomebodyElses(wanted.terminal(), subject)) {
            return Decisions.refuse(current, asNobody(access), Reason.SEAT_MISMATCH);
        } else if (current.subject(subject) == null) {
            return Decisions.refuse(current, access, Reason.BAD_CREDENTIALS);
        } else if (isLocked(subject)) {
            return Decisions.refuse(current, access, Reason.LOCKED);
        }
        Decision decision = Decisions.decide(current, access);
        if (!decision.isAllowed()) {
            return decision;
        }
        boolean atOwnSeat = subject.equals(current.ownerOf(wanted.terminal()));
        MinutesQuota usedUp = place == null || atOwnSeat ? null : minutes.usedUp(subject, place.name(), access.when());
        if (usedUp != null) {
            return Decisions.refuse(current, access, usedUp.id(), Reason.QUOTA_EXCEEDED);
        }
        return limits.isEverywhere(subject, wanted.terminal(), live.of(subject), current)
                ? Decisions.refuse(current, access, Reason.TOO_MANY_SESSIONS)
                : null;
    }

    private static Access asNobody(Access access) {
        var nobody = new Identity(access.who().terminal(), access.who().attachment(), null);
        return new Access(nobody, access.layer(), access.action(), access.resource(), access.when());
    }

    /** A session from now on, with what ends it; of a subject at their own seat one that does not end by itself. */
    public Turn.Coming fresh(
            String subject, InetAddress terminal, Session.Origin wanted, @Nullable String digest, Instant now) {
        boolean atOwnSeat = subject.equals(rules.get().ownerOf(terminal));
        Session.Origin origin = wanted == Session.Origin.PORTAL && atOwnSeat ? Session.Origin.SEAT : wanted;
        Limits.End end = limits.end(origin, subject, rules.get().attachmentOf(terminal), atOwnSeat, now);
        return new Turn.Coming(
                new Session(Seating.freshId(), subject, terminal, now, end.at(), origin), end.by(), digest);
    }

    /** What becomes of a terminal when a session of all of it begins there. */
    public Turn taking(Turn.Coming coming, Instant now) {
        Session before = seating.lastAt(coming.session().terminal());
        List<Turn.Going> going = new ArrayList<>();
        if (before != null) {
            going.add(new Turn.Going(before, false));
        }
        return new Turn(going, List.of(coming), now);
    }

    /** What the journal is told of a turn that takes a terminal: who had logged in there goes before {@code logIn} stands. */
    public List<Event> taken(Turn turn, Event logIn) {
        List<Event> events = new ArrayList<>();
        for (Turn.Going going : turn.going()) {
            Session session = going.session();
            if (session.origin() == Session.Origin.PORTAL) {
                var who = new Identity(session.terminal(), rules.get().attachmentOf(session.terminal()), session);
                String action = SessionIndex.isOver(session, turn.at()) ? "expire" : "replace";
                var service = new Resource.ServiceName(Layer.PORTAL.word());
                events.add(new Event(turn.at(), Layer.PORTAL, who, action, service, null, null, 0));
            }
        }
        events.add(logIn);
        return events;
    }

    /** What a turn touches. */
    public static Set<Object> touches(Turn turn) {
        Set<Object> touches = new HashSet<>();
        turn.subjects().forEach(subject -> touches.add(Plan.subject(subject)));
        turn.going().forEach(going -> touches.add(going.session().terminal()));
        turn.coming().forEach(coming -> touches.add(coming.session().terminal()));
        return touches;
    }
}
