package kwangmyong.access.api;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The host that a line's resource is of, told from its text alone. */
public final class ResourceHost {
    private ResourceHost() {}

    /**
     * The name or address in {@code namsan.aca.kp A}, {@code GET https://namsan.aca.kp:8443/a?b}, {@code 10.0.0.1:443/tcp},
     * {@code [2001:db8::1]:53/udp} or {@code academic@silibank.net.kp}, in lower case; null of what has none.
     */
    public static @Nullable String of(@Nullable String resource) {
        if (resource == null || resource.isEmpty()) {
            return null;
        }
        int scheme = resource.indexOf("://");
        int start = scheme < 0 ? 0 : scheme + "://".length();
        if (start < resource.length() && resource.charAt(start) == '[') {
            int close = resource.indexOf(']', start);
            return close < 0 ? null : orNull(resource.substring(start + 1, close));
        }
        int end = start;
        int colons = 0;
        while (end < resource.length() && resource.charAt(end) != '/' && resource.charAt(end) != ' ') {
            if (resource.charAt(end) == '@') {
                start = end + 1;
            } else if (resource.charAt(end) == ':') {
                colons++;
            }
            end++;
        }
        int colon = colons == 1 ? resource.indexOf(':', start) : -1; // more than one: an address of version 6
        return orNull(resource.substring(start, colon < 0 || colon > end ? end : colon));
    }

    private static @Nullable String orNull(String host) {
        return host.isEmpty() ? null : host.toLowerCase(Locale.ROOT);
    }
}
