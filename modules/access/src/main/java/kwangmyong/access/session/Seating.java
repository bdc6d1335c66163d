package kwangmyong.access.session;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Which session each terminal has. Any thread may read; only the desk's changes it. Seats have their subjects from the start, except those that
 * were left: they stay empty, restarts included, until somebody logs in there.
 */
public final class Seating {
    private final TerminalTable byTerminal = new TerminalTable();
    private final Set<InetAddress> emptySeats = ConcurrentHashMap.newKeySet();
    private final SessionIndex index = new SessionIndex();

    public static String freshId() {
        return UUID.randomUUID().toString();
    }

    /** Who is there at a time; null when nobody is. */
    @Nullable
    public Session at(InetAddress terminal, LabClock clock) {
        Session session = byTerminal.get(terminal);
        if (session == null) {
            return null;
        }
        Instant now = clock.now();
        // Before the first end nobody's time is over, and none of their ends need be looked at.
        return !now.isBefore(index.firstEnd()) && SessionIndex.isOver(session, now) ? null : session;
    }

    /** As {@link #at}, and those whose time is over and who were not told so yet. */
    @Nullable
    public Session lastAt(InetAddress terminal) {
        return byTerminal.get(terminal);
    }

    /** When the first of the sessions ends by itself; {@link Instant#MAX} when none does. */
    public Instant firstEnd() {
        return index.firstEnd();
    }

    /** By terminal. */
    public List<Session> all() {
        return byTerminal.all().stream()
                .sorted(Comparator.comparing(session -> session.terminal().getHostAddress()))
                .toList();
    }

    int count() {
        return byTerminal.size();
    }

    Collection<Session> of(String subject) {
        return index.of(subject);
    }

    boolean isLeft(InetAddress seat) {
        return emptySeats.contains(seat);
    }

    /** Takes back what an earlier run left. */
    public void restore(List<Session> sessions, Set<InetAddress> leftSeats) {
        emptySeats.addAll(leftSeats);
        sessions.forEach(this::put);
    }

    /** Seats that the rules no longer know are not empty any more. */
    public List<InetAddress> forgotten(PolicySnapshot rules) {
        return emptySeats.stream().filter(seat -> rules.ownerOf(seat) == null).toList();
    }

    /** Seats whose owners should be there and are not: neither left, nor taken, nor of somebody who may be nowhere. */
    public List<Session> missing(PolicySnapshot rules, Predicate<String> mayBe, Instant now) {
        return rules.seats().entrySet().stream()
                .filter(seat -> !emptySeats.contains(seat.getKey())
                        && byTerminal.get(seat.getKey()) == null
                        && mayBe.test(seat.getValue()))
                .map(seat -> new Session(freshId(), seat.getValue(), seat.getKey(), now, null, Session.Origin.SEAT))
                .toList();
    }

    /** Whether the rules leave a session its place. */
    public static boolean hasPlace(Session session, PolicySnapshot rules) {
        String owner = rules.ownerOf(session.terminal());
        boolean seatIsTheirs = session.subject().equals(owner);
        boolean place = session.origin() == Session.Origin.SEAT
                ? seatIsTheirs
                : owner == null || seatIsTheirs || !rules.policy().seatsAreExclusive();
        return place && rules.subject(session.subject()) != null && rules.attachmentOf(session.terminal()) != null;
    }

    /** Gives a terminal a session in place of what it has. */
    public void put(Session session) {
        index.add(session); // first, so that its end is known to whoever finds it
        Session before = byTerminal.put(session.terminal(), session);
        if (before != null && !before.equals(session)) {
            index.remove(before);
        }
    }

    /** Takes a session away, if it is still there. */
    void remove(Session session) {
        if (byTerminal.remove(session.terminal(), session)) {
            index.remove(session);
        }
    }

    void leave(InetAddress seat) {
        emptySeats.add(seat);
    }

    public void enter(InetAddress seat) {
        emptySeats.remove(seat);
    }

    /** On the desk: those whose time is over, the earliest end first. */
    public List<Session> over(Instant now) {
        return index.over(now);
    }
}
