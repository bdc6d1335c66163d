package kwangmyong.access.api;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A place between two lines: of each process's chain, the number of the last line before it. Reading forward from a cursor begins behind those
 * lines, reading backward begins with them, so that a page, or a connection that broke, goes on without a gap and without a line twice.
 *
 * <p>As text, {@code 412} where the lab's own chain is the only one, {@code gateway:77,lab:412} where there are more: safe in a URL and in
 * {@code Last-Event-ID}.
 *
 * @param after by process; one that is not named stands at its beginning
 */
public record JournalCursor(Map<String, Long> after) {
    /** Before the first line of every chain. */
    public static final JournalCursor START = new JournalCursor(Map.of());

    private static final int MAX_TEXT = 4_096;

    public JournalCursor {
        SortedMap<String, Long> sorted = new TreeMap<>(after);
        sorted.values().removeIf(seq -> seq <= 0);
        after = Collections.unmodifiableSortedMap(sorted);
    }

    /** Behind the line {@code seq} of the lab's own chain. */
    public static JournalCursor of(long seq) {
        return START.with(JournalEntry.LAB, seq);
    }

    /** The number of the last line before this place, 0 at the beginning of a chain. */
    public long seq(String process) {
        return after.getOrDefault(process, 0L);
    }

    /** This place, with that of one chain moved. */
    public JournalCursor with(String process, long seq) {
        var moved = new TreeMap<>(after);
        moved.put(process, seq);
        return new JournalCursor(moved);
    }

    /**
     * Reads what {@link #toString} gave.
     *
     * @throws IllegalArgumentException when it is nothing of the kind
     */
    public static JournalCursor parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw malformed("a text of " + text.length() + " characters");
        }
        var after = new TreeMap<String, Long>();
        for (String part : text.strip().split(",", -1)) {
            int colon = part.indexOf(':');
            String process = colon < 0 ? JournalEntry.LAB : part.substring(0, colon);
            String seq = part.substring(colon + 1);
            if (!JournalEntry.isProcess(process)
                    || !seq.matches("[0-9]{1,18}")
                    || after.put(process, Long.parseLong(seq)) != null) {
                throw malformed("'" + text + "'");
            }
        }
        return new JournalCursor(after);
    }

    private static IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException(
                what + " is not a place in the journal (expected: such as 412, or gateway:77,lab:412)");
    }

    @Override
    public String toString() {
        if (after.isEmpty()) {
            return "0";
        } else if (after.size() == 1 && after.containsKey(JournalEntry.LAB)) {
            return String.valueOf(seq(JournalEntry.LAB));
        }
        return after.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
