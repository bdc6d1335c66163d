package kwangmyong.access.watch;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What somebody did within a sixth of the window. Bounded, whatever they do. */
final class Slot {
    private static final int MOST_PARENTS = 8;
    private static final int MOST_EXAMPLES = 5;

    private final long number;
    private Instant first;
    private Instant last;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, Hashes> different = new EnumMap<>(Kind.class);
    private final Map<Kind, String[]> examples = new EnumMap<>(Kind.class);
    private final Map<String, Below> parents = new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Below> eldest) {
            return size() > MOST_PARENTS;
        }
    };

    /** @param number of the stretch of time since 1970 */
    Slot(long number, Instant begun) {
        this.number = number;
        this.first = begun;
        this.last = begun;
    }

    /** Something happened, whether it counts or not. */
    void at(Instant time) {
        first = time.isBefore(first) ? time : first;
        last = time.isAfter(last) ? time : last;
    }

    Instant first() {
        return first;
    }

    Instant last() {
        return last;
    }

    long number() {
        return number;
    }

    /** Counts something, with the line that says it. */
    void count(Kind kind, long count, String id) {
        counts.merge(kind, count, Long::sum);
        note(kind, id);
    }

    /** Counts the largest of several. */
    void atLeast(Kind kind, long value, String id) {
        if (value > count(kind)) {
            counts.put(kind, value);
            note(kind, id);
        }
    }

    /** Counts a text if it is a new one. */
    void different(Kind kind, String text, String id) {
        if (different.computeIfAbsent(kind, any -> new Hashes()).add(text)) {
            note(kind, id);
        }
    }

    void below(String parent, String before, boolean carriesData, int count, String id) {
        parents.computeIfAbsent(parent, any -> new Below()).add(before, carriesData, count);
        note(Kind.DNS_TUNNEL, id);
    }

    private void note(Kind kind, String id) {
        String[] latest = examples.computeIfAbsent(kind, any -> new String[MOST_EXAMPLES]);
        System.arraycopy(latest, 1, latest, 0, MOST_EXAMPLES - 1);
        latest[MOST_EXAMPLES - 1] = id;
    }

    long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    Hashes different(Kind kind) {
        return different.getOrDefault(kind, new Hashes());
    }

    /** Ids of lines, oldest first; places without one are null. */
    String[] examples(Kind kind) {
        return examples.getOrDefault(kind, new String[0]);
    }

    Map<String, Below> parents() {
        return parents;
    }
}
