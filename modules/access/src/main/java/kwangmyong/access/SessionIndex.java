package kwangmyong.access;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** Sessions by subject, by terminal and by their end. Any thread may read; only the desk's changes it. */
final class SessionIndex {
    private static final Comparator<Session> BY_END =
            Comparator.comparing(SessionIndex::end).thenComparing(Session::id);

    private final Map<String, Map<String, Session>> bySubject = new ConcurrentHashMap<>();
    private final Map<InetAddress, Map<String, Session>> byTerminal = new ConcurrentHashMap<>();
    private final TreeSet<Session> byEnd = new TreeSet<>(BY_END);
    private volatile Instant firstEnd = Instant.MAX;

    private static Instant end(Session session) {
        Instant until = session.until();
        return until == null ? Instant.MAX : until;
    }

    static boolean isOver(Session session, Instant now) {
        return session.until() != null && !now.isBefore(session.until());
    }

    void add(Session session) {
        bySubject
                .computeIfAbsent(session.subject(), name -> new ConcurrentHashMap<>(2))
                .put(session.id(), session);
        byTerminal
                .computeIfAbsent(session.terminal(), terminal -> new ConcurrentHashMap<>(2))
                .put(session.id(), session);
        if (session.until() != null) {
            byEnd.add(session);
            firstEnd = end(byEnd.first());
        }
    }

    void remove(Session session) {
        bySubject.computeIfPresent(session.subject(), (name, all) -> without(all, session));
        byTerminal.computeIfPresent(session.terminal(), (terminal, all) -> without(all, session));
        if (session.until() != null) {
            byEnd.remove(session);
            firstEnd = byEnd.isEmpty() ? Instant.MAX : end(byEnd.first());
        }
    }

    private static @Nullable Map<String, Session> without(Map<String, Session> all, Session session) {
        all.remove(session.id());
        return all.isEmpty() ? null : all;
    }

    Collection<Session> of(String subject) {
        Map<String, Session> all = bySubject.get(subject);
        return all == null ? List.of() : all.values();
    }

    Collection<Session> at(InetAddress terminal) {
        Map<String, Session> all = byTerminal.get(terminal);
        return all == null ? List.of() : all.values();
    }

    List<Session> all() {
        List<Session> all = new ArrayList<>();
        bySubject.values().forEach(some -> all.addAll(some.values()));
        return all;
    }

    /** When the first of them ends by itself; {@link Instant#MAX} when none does. */
    Instant firstEnd() {
        return firstEnd;
    }

    /** On the desk: those whose time is over, the earliest end first. */
    List<Session> over(Instant now) {
        List<Session> over = new ArrayList<>();
        for (Session session : byEnd) {
            if (!isOver(session, now)) {
                break;
            }
            over.add(session);
        }
        return over;
    }
}
