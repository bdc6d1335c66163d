package kwangmyong.access.journal;

import java.nio.charset.StandardCharsets;
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

    /** Reads a line of a process's chain; empty when it is not an object of plain values. */
    static Optional<JournalEntry> parse(String process, String line) {
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
            return Optional.of(new JournalEntry(process, line, fields));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** The line in {@code [from, to)}, whose fields were found already. */
    static JournalEntry entry(String process, byte[] line, int from, int to, LineFields found) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < JournalEntry.FIELDS.size(); i++) {
            String text = found.text(i);
            if (text != null) {
                fields.put(JournalEntry.FIELDS.get(i), text);
            }
        }
        return new JournalEntry(process, new String(line, from, to - from, StandardCharsets.UTF_8), fields);
    }

    /** What a string says that is written as {@code written}, without its quotes; the same where it is none. */
    static String unescape(String written) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), '"' + written + '"')) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : written;
        } catch (JacksonException notJson) {
            return written;
        }
    }
}
