package kwangmyong.access.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import kwangmyong.kernel.session.Session;

/** Sessions by subject and by their end. Any thread may read; only the desk's changes it. */
public final class SessionIndex {
    private static final Comparator<Session> BY_END =
            Comparator.comparing(SessionIndex::end).thenComparing(Session::id);

    private final SessionsBy<String> bySubject = new SessionsBy<>();
    private final TreeSet<Session> byEnd = new TreeSet<>(BY_END);
    private volatile Instant firstEnd = Instant.MAX;

    private static Instant end(Session session) {
        Instant until = session.until();
        return until == null ? Instant.MAX : until;
    }

    public static boolean isOver(Session session, Instant now) {
        return session.until() != null && !now.isBefore(session.until());
    }

    void add(Session session) {
        bySubject.add(session.subject(), session);
        if (session.until() != null) {
            byEnd.add(session);
            settle();
        }
    }

    void remove(Session session) {
        bySubject.remove(session.subject(), session);
        if (session.until() != null) {
            byEnd.remove(session);
            settle();
        }
    }

    /** Written only where it is another: every look-up reads it. */
    private void settle() {
        Instant first = byEnd.isEmpty() ? Instant.MAX : end(byEnd.first());
        if (!first.equals(firstEnd)) {
            firstEnd = first;
        }
    }

    Collection<Session> of(String subject) {
        return bySubject.of(subject);
    }

    List<Session> all() {
        List<Session> all = new ArrayList<>();
        bySubject.all().forEach(some -> all.addAll(some.values()));
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
