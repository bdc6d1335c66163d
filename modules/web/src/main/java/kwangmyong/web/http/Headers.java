package kwangmyong.web.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Header fields (RFC 9110 §5): names without regard to case, several values each, in their order. Immutable. */
public final class Headers {
    public static final Headers NONE = new Headers(Map.of());

    private final Map<String, List<String>> fields;

    private Headers(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** Copies name and value pairs as they came. */
    public static Headers copyOf(Iterable<Map.Entry<String, String>> pairs) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (Map.Entry<String, String> pair : pairs) {
            fields.computeIfAbsent(key(pair.getKey()), name -> new ArrayList<>(1))
                    .add(pair.getValue());
        }
        return new Headers(fields);
    }

    /** The first value, or null without one. */
    public @Nullable String first(String name) {
        List<String> values = fields.get(key(name));
        return values == null ? null : values.get(0);
    }

    public List<String> all(String name) {
        return Collections.unmodifiableList(fields.getOrDefault(key(name), List.of()));
    }

    public boolean has(String name) {
        return fields.containsKey(key(name));
    }

    /** These with one more value. */
    public Headers plus(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(fields);
        List<String> values = new ArrayList<>(all(name));
        values.add(checked(name, value));
        more.put(key(name), values);
        return new Headers(more);
    }

    /** These with {@code value} instead of whatever {@code name} had. */
    public Headers with(String name, String value) {
        Map<String, List<String>> changed = new LinkedHashMap<>(fields);
        changed.put(key(name), List.of(checked(name, value)));
        return new Headers(changed);
    }

    /** These, and for each name that {@code others} have theirs instead. */
    public Headers withAll(Headers others) {
        Map<String, List<String>> changed = new LinkedHashMap<>(fields);
        changed.putAll(others.fields);
        return new Headers(changed);
    }

    /** Names in lower case, each with all its values. */
    public void forEachName(BiConsumer<String, List<String>> action) {
        fields.forEach(action);
    }

    /** Nothing that a client sent may end a line of ours: a control character in a value is a bug here, not a header there. */
    private static String checked(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c >= 0x7f) {
                throw new IllegalArgumentException("a control or non-ASCII character in the value of " + name);
            }
        }
        return value;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
