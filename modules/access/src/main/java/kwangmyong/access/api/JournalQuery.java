package kwangmyong.access.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which lines are wanted.
 *
 * @param where all of which must hold
 * @param since inclusive, by the lab's clock; null for no bound
 * @param until exclusive; null for no bound
 */
public record JournalQuery(
        List<Match> where,
        @Nullable Instant since,
        @Nullable Instant until) {
    /** Every line. */
    public static final JournalQuery ALL = new JournalQuery(List.of(), null, null);

    public JournalQuery {
        where = List.copyOf(where);
    }

    /** A field with exactly this value; an empty value matches a line that has none. Refuses fields that no line has. */
    public record Match(String field, String value) {
        public Match {
            if (!JournalEntry.FIELDS.contains(field)) {
                throw new IllegalArgumentException("'" + field + "' is not a field of the journal (expected: "
                        + String.join(", ", JournalEntry.FIELDS) + ")");
            }
        }

        /**
         * Reads {@code verdict=deny}.
         *
         * @throws IllegalArgumentException when it has no equals sign, or names no field
         */
        public static Match parse(String text) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + text + "' is not of the form FIELD=VALUE");
            }
            return new Match(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip());
        }

        boolean matches(JournalEntry entry) {
            String found = entry.get(field);
            return found == null ? value.isEmpty() : found.equals(value);
        }
    }

    /** Lines where {@code field} is {@code value}, beside what is asked for already. */
    public JournalQuery where(String field, String value) {
        var more = new ArrayList<>(where);
        more.add(new Match(field, value));
        return new JournalQuery(more, since, until);
    }

    /** Whether a line is wanted. */
    public boolean matches(JournalEntry entry) {
        for (Match match : where) {
            if (!match.matches(entry)) {
                return false;
            }
        }
        return (since == null && until == null) || isWithin(entry.get("time"));
    }

    private boolean isWithin(@Nullable String time) {
        if (time == null) {
            return false;
        }
        try {
            Instant when = Instant.parse(time);
            return (since == null || !when.isBefore(since)) && (until == null || when.isBefore(until));
        } catch (DateTimeParseException altered) {
            return false;
        }
    }
}
