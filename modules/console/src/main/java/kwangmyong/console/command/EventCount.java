package kwangmyong.console.command;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalMatch;
import kwangmyong.access.api.JournalMatch.Comparison;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import kwangmyong.access.api.JournalView.Order;
import org.jspecify.annotations.Nullable;

/** Counts lines of the journal by what a field of them says. Of more than {@value #MOST} different values the rest is one. */
final class EventCount {
    private static final int MOST = 100_000;

    private final CommandContext lab;
    private final String field;
    private final boolean json;
    private final boolean csv;
    private final Map<String, long[]> counts = new HashMap<>();
    private final long[] others = new long[2];

    EventCount(CommandContext lab, String field, boolean json, boolean csv) {
        var unused = new JournalMatch(field, Comparison.IS, List.of("")); // refuses what is no field
        this.lab = lab;
        this.field = field;
        this.json = json;
        this.csv = csv;
    }

    /**
     * One value.
     *
     * @param value null for lines without the field
     * @param events that the lines stand for
     */
    record Count(@Nullable String value, long lines, long events) {}

    /** @param most of the newest lines; -1 for all */
    void print(JournalView journal, JournalQuery query, int most) throws IOException {
        try (JournalView.Reading reading =
                journal.open(query, most < 0 ? Order.OLDEST_FIRST : Order.NEWEST_FIRST, null)) {
            JournalEntry entry;
            for (int i = 0;
                    i != most && !Thread.currentThread().isInterrupted() && (entry = reading.next()) != null;
                    i++) {
                add(entry);
            }
        }
        List<Count> sorted = counts.entrySet().stream()
                .map(count -> new Count(
                        count.getKey().isEmpty() ? null : count.getKey(), count.getValue()[0], count.getValue()[1]))
                .sorted(Comparator.comparingLong(Count::events)
                        .reversed()
                        .thenComparing(count -> count.value() == null ? "" : count.value()))
                .toList();
        if (json) {
            Output.json(lab.invocation(), sorted);
        } else if (csv) {
            lab.println(field + ",lines,events");
            sorted.forEach(count -> lab.println(quoted(count.value()) + "," + count.lines() + "," + count.events()));
        } else {
            var table = new Table(field.toUpperCase(Locale.ROOT), "LINES", "EVENTS");
            sorted.forEach(
                    count -> table.row(count.value(), String.valueOf(count.lines()), String.valueOf(count.events())));
            table.print(lab.invocation(), "No line matches.");
            if (others[0] > 0) {
                lab.println(others[0] + " lines more have other values, of which there are too many to count each");
            }
        }
    }

    private void add(JournalEntry entry) {
        String value = entry.get(field);
        String key = value == null ? "" : value;
        long[] count = counts.get(key);
        if (count == null) {
            count = counts.size() < MOST ? new long[2] : others;
            if (count != others) {
                counts.put(key, count);
            }
        }
        count[0]++;
        count[1] += entry.count();
    }

    private static String quoted(@Nullable String value) {
        String text = value == null ? "" : "=+-@".indexOf((value + " ").charAt(0)) < 0 ? value : "'" + value;
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
