package kwangmyong.gateway;

import java.net.Inet6Address;
import java.net.InetAddress;
import kwangmyong.kernel.place.Addresses;
import org.jspecify.annotations.Nullable;

/** What the gateway says in {@code Forwarded} (RFC 7239) to hosts. What clients say there is never passed on. */
public enum Forwarded {
    /** Nothing: Via alone says that there is a gateway. */
    NONE,
    /** That somebody is behind it (RFC 7239 §6.2). */
    UNKNOWN,
    /** From which terminal it was asked. */
    TERMINAL;

    /** The field's value; null for no field. */
    @Nullable
    String value(InetAddress terminal) {
        return switch (this) {
            case NONE -> null;
            case UNKNOWN -> "for=unknown";
            case TERMINAL -> "for=" + node(terminal);
        };
    }

    /** RFC 7239 §6: an IPv6 address stands in brackets and quotes. */
    private static String node(InetAddress terminal) {
        String text = Addresses.text(terminal);
        return terminal instanceof Inet6Address ? "\"[" + text + "]\"" : text;
    }
}
