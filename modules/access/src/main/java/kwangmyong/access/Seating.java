package kwangmyong.access;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Kept;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Which session each terminal has. Any thread may read; only the controller's thread changes it. Seats have their subjects from the start,
 * except those that were left: they stay empty, restarts included, until somebody logs in there.
 */
final class Seating implements Keeper {
    private final Map<InetAddress, Session> byTerminal = new ConcurrentHashMap<>();
    private final Set<InetAddress> emptySeats = ConcurrentHashMap.newKeySet();
    /** How it was at each terminal that has changed since the changes were settled. Of the controller's thread. */
    private final Map<InetAddress, Before> touched = new LinkedHashMap<>();

    private record Before(@Nullable Session session, boolean seatWasEmpty) {}

    /** Who is there at a time; null when nobody is. */
    @Nullable
    Session at(InetAddress terminal, LabClock clock) {
        Session session = byTerminal.get(terminal);
        return session != null && session.until() != null && isOver(session, clock.now()) ? null : session;
    }

    static boolean isOver(Session session, Instant now) {
        return session.until() != null && !now.isBefore(session.until());
    }

    /** When the first of the sessions ends by itself; {@link Instant#MAX} when none does. */
    Instant firstEnd() {
        Instant first = Instant.MAX;
        for (Session session : byTerminal.values()) {
            Instant until = session.until();
            first = until != null && until.isBefore(first) ? until : first;
        }
        return first;
    }

    List<Session> all() {
        return byTerminal.values().stream()
                .sorted(Comparator.comparing(session -> session.terminal().getHostAddress()))
                .toList();
    }

    Set<InetAddress> emptySeats() {
        return Set.copyOf(emptySeats);
    }

    static String freshId() {
        return UUID.randomUUID().toString();
    }

    /** Takes back what an earlier run left, as far as the rules in force still know it. */
    void restore(List<Session> sessions, Set<InetAddress> leftSeats, PolicySnapshot rules, Instant now) {
        emptySeats.addAll(leftSeats);
        sessions.forEach(session -> byTerminal.put(session.terminal(), session));
        for (Session session : sessions) {
            if (isOver(session, now) || !stillStands(session, rules)) {
                touch(session.terminal());
                byTerminal.remove(session.terminal());
            }
        }
        fit(rules, now);
    }

    private void touch(InetAddress terminal) {
        touched.computeIfAbsent(terminal, first -> new Before(byTerminal.get(terminal), emptySeats.contains(terminal)));
    }

    @Override
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        touched.forEach((terminal, before) -> {
            Session session = byTerminal.get(terminal);
            changes.add(
                    session == null || session.origin() == Session.Origin.SEAT
                            ? Change.remove(Kept.Session.class, Addresses.text(terminal))
                            : Change.put(KeptForms.of(session)));
            var seat = new Kept.EmptySeat(Addresses.text(terminal));
            changes.add(emptySeats.contains(terminal) ? Change.put(seat) : Change.remove(seat));
        });
        return changes;
    }

    @Override
    public void settled() {
        touched.clear();
    }

    @Override
    public void undo() {
        touched.forEach((terminal, before) -> {
            if (before.session() == null) {
                byTerminal.remove(terminal);
            } else {
                byTerminal.put(terminal, before.session());
            }
            if (before.seatWasEmpty()) {
                emptySeats.add(terminal);
            } else {
                emptySeats.remove(terminal);
            }
        });
        touched.clear();
    }

    /** Follows a reload: ends what no longer stands, seats who has a seat now, and tells who had to go. */
    List<Session> fit(PolicySnapshot rules, Instant now) {
        List<Session> ended = byTerminal.values().stream()
                .filter(session -> !stillStands(session, rules))
                .toList();
        ended.forEach(session -> {
            touch(session.terminal());
            byTerminal.remove(session.terminal());
        });
        Map<InetAddress, String> seats = rules.seats();
        emptySeats.stream().filter(seat -> !seats.containsKey(seat)).forEach(this::touch);
        emptySeats.retainAll(seats.keySet());
        seats.forEach((seat, owner) -> {
            if (!emptySeats.contains(seat)) {
                byTerminal.computeIfAbsent(
                        seat, terminal -> new Session(freshId(), owner, terminal, now, null, Session.Origin.SEAT));
            }
        });
        return ended;
    }

    private static boolean stillStands(Session session, PolicySnapshot rules) {
        String owner = rules.ownerOf(session.terminal());
        boolean seatIsTheirs = session.subject().equals(owner);
        boolean place = session.origin() == Session.Origin.SEAT
                ? seatIsTheirs
                : owner == null || seatIsTheirs || !rules.policy().seatsAreExclusive();
        return place && rules.subject(session.subject()) != null && rules.attachmentOf(session.terminal()) != null;
    }

    void put(Session session) {
        touch(session.terminal());
        emptySeats.remove(session.terminal());
        byTerminal.put(session.terminal(), session);
    }

    /** Ends what is there; the seat, if it is one, stays empty. Null when nobody was. */
    @Nullable
    Session end(InetAddress terminal, PolicySnapshot rules) {
        touch(terminal);
        Session ended = byTerminal.remove(terminal);
        if (ended != null && rules.ownerOf(terminal) != null) {
            emptySeats.add(terminal);
        }
        return ended;
    }

    /** Ends those whose time is over, and tells which. */
    List<Session> expire(Instant now, PolicySnapshot rules) {
        List<Session> over = byTerminal.values().stream()
                .filter(session -> isOver(session, now))
                .toList();
        over.forEach(session -> end(session.terminal(), rules));
        return over;
    }
}
