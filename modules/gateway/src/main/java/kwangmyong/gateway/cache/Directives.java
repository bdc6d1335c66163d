package kwangmyong.gateway.cache;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import kwangmyong.gateway.http.Fields;

/** The directives of Cache-Control (RFC 9111 §5.2), names in lower case; where one is given twice the stricter reading is the caller's. */
record Directives(Map<String, String> values) {
    /** A lifetime that cannot be read counts as none (RFC 9111 §4.2.1). */
    private static final long UNREADABLE = 0;
    /** RFC 9111 §1.2.2: what a number past this means is this. */
    private static final long MOST_SECONDS = 1L << 31;

    static Directives of(Fields fields) {
        Map<String, String> values = new HashMap<>();
        String text = fields.all("cache-control");
        int at = 0;
        while (at < text.length()) {
            int end = itemEnd(text, at);
            String item = text.substring(at, end).strip();
            int equals = item.indexOf('=');
            String name =
                    (equals < 0 ? item : item.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : unquoted(item.substring(equals + 1).strip());
            if (!name.isEmpty() && values.putIfAbsent(name, value) != null && name.endsWith("age")) {
                values.put(name, "0"); // twice: neither is believed
            }
            at = end + 1;
        }
        return new Directives(values);
    }

    private static int itemEnd(String text, int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return text.length();
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Seconds; -1 where there is no such directive. */
    long seconds(String name) {
        String value = values.get(name);
        if (value == null) {
            return -1;
        }
        if (!value.matches("\\d+")) {
            return UNREADABLE;
        }
        return value.length() > 10 ? MOST_SECONDS : Math.min(MOST_SECONDS, Long.parseLong(value));
    }
}
