package kwangmyong.access.journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

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

    private static final JsonFactory JSON = new JsonFactory();

    public JournalEntry {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Reads a line; empty when it is not an object of plain values. */
    static Optional<JournalEntry> parse(String line) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            Map<String, String> fields = new LinkedHashMap<>();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == null || value.isStructStart() || value.isStructEnd()) {
                    return Optional.empty();
                }
                if (value != JsonToken.VALUE_NULL) {
                    fields.put(key, parser.getString());
                }
            }
            return Optional.of(new JournalEntry(line, fields));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** A field's text; null when the line has none. */
    public @Nullable String get(String field) {
        return fields.get(field);
    }

    /** How many events the line stands for. */
    public long count() {
        String count = fields.get("count");
        return count == null ? 1 : Long.parseLong(count);
    }
}
