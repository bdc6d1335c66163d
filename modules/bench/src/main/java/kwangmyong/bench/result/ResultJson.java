package kwangmyong.bench.result;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The one codec of trial.json and run.json: indented, names with underscores, instants as ISO 8601. Members that it does not know are passed over. */
public final class ResultJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ResultJson() {}

    /** A {@link Trial} or a {@link Run} as a file's text, with its line end. */
    public static String write(Object value) {
        return MAPPER.writeValueAsString(value) + "\n";
    }

    /**
     * A {@link Trial} or a {@link Run} from a file's text.
     *
     * @throws ResultException when the text is no such thing
     */
    public static <T> T read(String text, Class<T> type) throws ResultException {
        try {
            T value = MAPPER.readValue(text, type);
            if (value == null) {
                throw new ResultException("it holds null");
            }
            return value;
        } catch (JacksonException unreadable) {
            throw ResultException.at(unreadable);
        }
    }

    /**
     * Any JSON.
     *
     * @throws ResultException when the text is none
     */
    public static JsonNode tree(String text) throws ResultException {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException unreadable) {
            throw ResultException.at(unreadable);
        }
    }
}
