package kwangmyong.dns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.session.Identity;

/**
 * Decisions past an asker's share of lines in the journal: those of one asker that are equal in everything but the name become one line, which
 * says how many they are. One thread's.
 */
final class Folds {
    /** What folded lines give for the name. */
    static final String MANY_NAMES = "*";

    /** Sequences that are told apart; beyond it everything is flushed and forgotten. */
    private static final int MOST = 1 << 16;

    private final Map<Key, Fold> byDecision = new HashMap<>();
    private final Map<List<Fold>, Integer> numbers = new HashMap<>();
    private final List<Fold[]> sequences = new ArrayList<>();
    private boolean pending;

    private record Key(Identity who, Action action, Decision decision) {}

    /** Equal decisions. */
    private static final class Fold {
        final Key key;
        int count;

        Fold(Key key) {
            this.key = key;
        }
    }

    /** The number under which what one query decided is counted. */
    int number(List<Inquiry.Made> made) {
        List<Fold> folds = new ArrayList<>(made.size());
        for (Inquiry.Made each : made) {
            Access access = each.access();
            folds.add(byDecision.computeIfAbsent(new Key(access.who(), access.action(), each.decision()), Fold::new));
        }
        Integer known = numbers.get(folds);
        if (known != null) {
            return known;
        }
        int number = sequences.size();
        sequences.add(folds.toArray(Fold[]::new));
        numbers.put(folds, number);
        return number;
    }

    boolean areFull() {
        return sequences.size() >= MOST;
    }

    /** Counts the decisions of one more query. */
    void count(int number) {
        pending = true;
        for (Fold fold : sequences.get(number)) {
            fold.count++;
        }
    }

    boolean arePending() {
        return pending;
    }

    /** Writes one line for each decision that was counted since the last time. */
    void flush(Journal journal, Instant now) {
        if (!pending) {
            return;
        }
        pending = false;
        for (Fold fold : byDecision.values()) {
            if (fold.count > 0) {
                journal.record(event(fold, now));
                fold.count = 0;
            }
        }
    }

    private static Event event(Fold fold, Instant now) {
        Key key = fold.key;
        return new Event(
                now,
                kwangmyong.kernel.access.Layer.DNS,
                key.who,
                key.action.word(),
                MANY_NAMES,
                key.decision,
                "more queries in a short while than have a line each",
                0,
                fold.count);
    }

    /** Forgets every number; what is pending must be flushed before. */
    void clear() {
        byDecision.clear();
        numbers.clear();
        sequences.clear();
    }
}
