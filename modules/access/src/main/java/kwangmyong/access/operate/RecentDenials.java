package kwangmyong.access.operate;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.session.Identity;

/**
 * The latest denials of each terminal and each subject, so that whoever met one can see why. Sees what passes on its way to the journal.
 * Bounded: {@value #PER_KEY} for each, and the {@value #MAX_KEYS} terminals and subjects that were denied something last.
 */
public final class RecentDenials {
    static final int PER_KEY = 50;
    static final int MAX_KEYS = 2_000;

    private final Map<InetAddress, Deque<Denial>> byTerminal = bounded();
    private final Map<String, Deque<Denial>> bySubject = bounded();

    /** A denial, and how often it came in a row. */
    record Denial(Event event, int count) {}

    /** A journal that shows every denial to this before it passes the event on. */
    public Journal tap(Journal journal) {
        return new Journal() {
            @Override
            public void record(Event event) {
                note(event);
                journal.record(event);
            }

            @Override
            public CompletionStage<Void> force(Event event) {
                note(event);
                return journal.force(event);
            }
        };
    }

    private void note(Event event) {
        Identity who = event.who();
        if (event.decision() != null && event.decision().verdict() == Verdict.DENY && who != null) {
            note(event, who);
        }
    }

    private synchronized void note(Event event, Identity who) {
        add(byTerminal.computeIfAbsent(who.terminal(), terminal -> new ArrayDeque<>()), event);
        String subject = who.subject();
        if (subject != null) {
            add(bySubject.computeIfAbsent(subject, name -> new ArrayDeque<>()), event);
        }
    }

    private static void add(Deque<Denial> ring, Event event) {
        Denial last = ring.peekFirst();
        int count = event.count();
        if (last != null && isSame(last.event, event)) {
            count += last.count;
            ring.removeFirst();
        } else if (ring.size() == PER_KEY) {
            ring.removeLast();
        }
        ring.addFirst(new Denial(event, count));
    }

    private static boolean isSame(Event one, Event other) {
        return one.service() == other.service()
                && one.action().equals(other.action())
                && one.resource().equals(other.resource());
    }

    /** Newest first. */
    synchronized List<Denial> at(InetAddress terminal) {
        Deque<Denial> ring = byTerminal.get(terminal);
        return ring == null ? List.of() : new ArrayList<>(ring);
    }

    /** Newest first. */
    synchronized List<Denial> of(String subject) {
        Deque<Denial> ring = bySubject.get(subject);
        return ring == null ? List.of() : new ArrayList<>(ring);
    }

    private static <K> Map<K, Deque<Denial>> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Deque<Denial>> eldest) {
                return size() > MAX_KEYS;
            }
        };
    }
}
