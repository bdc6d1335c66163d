package kwangmyong.web.http;

import java.util.Locale;
import java.util.regex.Pattern;
import kwangmyong.kernel.place.Addresses;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port as a Host field or a URL gives them (RFC 9110 §7.2, RFC 3986 §3.2).
 *
 * @param host lower case, without a final dot; an IPv6 address without its brackets
 * @param port -1 where none is given
 */
public record Authority(String host, int port) {
    private static final int MOST_CHARACTERS = 255;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?");

    /** Null when {@code text} is no authority. */
    public static @Nullable Authority parse(String text) {
        if (text.isEmpty() || text.length() > MOST_CHARACTERS) {
            return null;
        }
        boolean bracketed = text.charAt(0) == '[';
        int hostEnd = bracketed ? text.indexOf(']') + 1 : text.indexOf(':');
        hostEnd = hostEnd < 0 ? text.length() : hostEnd;
        if (hostEnd == 0) {
            return null;
        }
        int port = hostEnd == text.length() ? -1 : port(text, hostEnd);
        String host = bracketed ? text.substring(1, hostEnd - 1) : text.substring(0, hostEnd);
        if (port == INVALID || bracketed != (host.indexOf(':') >= 0)) {
            return null;
        }
        host = host.toLowerCase(Locale.ROOT);
        if (bracketed) {
            return Addresses.isNumeric(host) ? new Authority(host, port) : null;
        }
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return NAME.matcher(host).matches() && !host.contains("..") ? new Authority(host, port) : null;
    }

    private static final int INVALID = -2;

    private static int port(String text, int colon) {
        int length = text.length() - colon - 1;
        if (text.charAt(colon) != ':' || length > 5) {
            return INVALID;
        }
        if (length == 0) {
            return -1; // "host:" is allowed and means the usual port
        }
        int port = 0;
        for (int i = colon + 1; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return INVALID;
            }
            port = port * 10 + digit;
        }
        return port < 65_536 ? port : INVALID;
    }
}
