package kwangmyong.access.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.access.api.JournalMatch.Comparison;
import org.jspecify.annotations.Nullable;

/**
 * Which lines are wanted.
 *
 * @param where all of which must hold
 * @param since inclusive, by the lab's clock; null for no bound
 * @param until exclusive; null for no bound
 */
public record JournalQuery(
        List<JournalMatch> where,
        @Nullable Instant since,
        @Nullable Instant until) {
    /** Every line. */
    public static final JournalQuery ALL = new JournalQuery(List.of(), null, null);

    public JournalQuery {
        where = List.copyOf(where);
    }

    /** Lines where {@code field} is {@code value}, beside what is asked for already; an empty value is that of a line without the field. */
    public JournalQuery where(String field, String value) {
        return where(new JournalMatch(field, Comparison.IS, List.of(value)));
    }

    /** Lines that {@code match} too. */
    public JournalQuery where(JournalMatch match) {
        var more = new ArrayList<>(where);
        more.add(match);
        return new JournalQuery(more, since, until);
    }

    /** The same of a stretch of time. */
    public JournalQuery within(@Nullable Instant from, @Nullable Instant to) {
        return new JournalQuery(where, from, to);
    }

    /** Whether a line is wanted. */
    public boolean matches(JournalEntry entry) {
        for (JournalMatch match : where) {
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
