package kwangmyong.dns.check;

import java.util.regex.Pattern;

/** Names as text: lower case, no final dot, the root a lone dot. */
final class Names {
    private static final Pattern HOST_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern DOTTED_QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private Names() {}

    static boolean isWithin(String name, String origin) {
        return origin.equals(".") || name.equals(origin) || name.endsWith("." + origin);
    }

    static String parent(String name) {
        int dot = dot(name);
        return dot < 0 ? "." : name.substring(dot + 1);
    }

    static String firstLabel(String name) {
        int dot = dot(name);
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** The first dot that ends a label; one behind a backslash belongs to the label. */
    private static int dot(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '\\') {
                i++;
            } else if (name.charAt(i) == '.') {
                return i;
            }
        }
        return -1;
    }

    /** What stands before the origin; empty for the origin itself. */
    static String relative(String name, String origin) {
        return name.equals(origin) || origin.equals(".")
                ? (origin.equals(".") && !name.equals(".") ? name : "")
                : name.substring(0, name.length() - origin.length() - 1);
    }

    static String lastLabel(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Whether hosts may be called so: letters, digits and hyphens (RFC 952, RFC 1123 §2.1); a star may stand first. */
    static boolean isHost(String name) {
        String rest = name.startsWith("*.") ? name.substring(2) : name;
        for (String label : rest.split("\\.", -1)) {
            if (!HOST_LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    static boolean looksLikeAnAddress(String name) {
        return DOTTED_QUAD.matcher(name).matches();
    }

    static boolean isReverse(String name) {
        return isWithin(name, "in-addr.arpa") || isWithin(name, "ip6.arpa");
    }
}
