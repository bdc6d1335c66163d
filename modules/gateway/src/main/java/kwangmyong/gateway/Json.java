package kwangmyong.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Problem details (RFC 9457): a flat object of strings and numbers. */
final class Json {
    private Json() {}

    /** Writes the members in their order; a null value is left out. */
    static String object(Map<String, @Nullable Object> members) {
        var out = new StringBuilder("{");
        members.forEach((name, value) -> {
            if (value != null) {
                out.append(out.length() > 1 ? "," : "");
                string(out, name);
                out.append(':');
                if (value instanceof Number number) {
                    out.append(number);
                } else {
                    string(out, value.toString());
                }
            }
        });
        return out.append("}\n").toString();
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 127) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
