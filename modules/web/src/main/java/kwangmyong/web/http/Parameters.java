package kwangmyong.web.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a query or a form, decoded, in their order. Immutable. */
public final class Parameters {
    /** More fields than this are refused with 400. */
    public static final int MOST_FIELDS = 256;

    public static final Parameters NONE = new Parameters(Map.of());

    private final Map<String, List<String>> fields;

    private Parameters(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /**
     * Reads {@code application/x-www-form-urlencoded}.
     *
     * @throws Refusal 400 when it is malformed or has too many fields
     */
    public static Parameters parse(String encoded) {
        if (encoded.isEmpty()) {
            return NONE;
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int count = 0;
        int from = 0;
        while (from <= encoded.length()) {
            int end = encoded.indexOf('&', from);
            end = end < 0 ? encoded.length() : end;
            if (end > from) {
                if (++count > MOST_FIELDS) {
                    throw new Refusal(400, "There are more than " + MOST_FIELDS + " fields.");
                }
                int equals = encoded.indexOf('=', from);
                equals = equals < 0 || equals > end ? end : equals;
                String name = PercentCoding.decode(encoded.substring(from, equals), true);
                String value = PercentCoding.decode(encoded.substring(Math.min(equals + 1, end), end), true);
                fields.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
            from = end + 1;
        }
        return new Parameters(fields);
    }

    /** The name of every field, once. */
    public Set<String> names() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** The first value, or null without one. */
    public @Nullable String first(String name) {
        List<String> values = fields.get(name);
        return values == null ? null : values.get(0);
    }

    public String firstOr(String name, String otherwise) {
        String value = first(name);
        return value == null ? otherwise : value;
    }

    public List<String> all(String name) {
        return Collections.unmodifiableList(fields.getOrDefault(name, List.of()));
    }
}
