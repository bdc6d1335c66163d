package kwangmyong.access.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal, read back.
 *
 * @param json the line as it stands, without its line end
 * @param fields its members in order; numbers as their text; those that are null are left out
 */
public record JournalEntry(String json, Map<String, String> fields) {
    /** Every field that a line may have, in order of writing. */
    public static final List<String> FIELDS = List.of(
            "seq",
            "time",
            "id",
            "prev",
            "service",
            "subject",
            "terminal",
            "attachment",
            "action",
            "resource",
            "verdict",
            "rule",
            "reason",
            "code",
            "needed",
            "held",
            "presentation",
            "policy",
            "detail",
            "count",
            "elapsed_us");

    public JournalEntry {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A field's text; null when the line has none. */
    public @Nullable String get(String field) {
        return fields.get(field);
    }

    /** How many events the line stands for. */
    public long count() {
        String count = fields.get("count");
        try {
            return count == null ? 1 : Long.parseLong(count);
        } catch (NumberFormatException altered) {
            return 1; // whoever altered the line is told of by a check of the chain
        }
    }
}
