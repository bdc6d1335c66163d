package kwangmyong.access.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kwangmyong.access.api.JournalEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads lines back. */
final class EntryParser {
    private static final JsonFactory JSON = new JsonFactory();

    private EntryParser() {}

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
}
