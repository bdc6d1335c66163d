package kwangmyong.kernel.place;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Reads numeric addresses, and never asks a resolver: what is not a number is an error. */
public final class Addresses {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    /** Of the longest way to write an address: IPv4 within IPv6, every group whole. Longer texts are not looked at. */
    private static final int MAX_LENGTH = "0000:0000:0000:0000:0000:ffff:255.255.255.255".length();

    private Addresses() {}

    /** Whether {@code text} is a numeric IPv4 (dotted quad) or IPv6 address. */
    public static boolean isNumeric(String text) {
        return text.length() >= 2
                && text.length() <= MAX_LENGTH
                && (IPV4.matcher(text).matches() || IPV6.matcher(text).matches());
    }

    /**
     * Reads a dotted quad or an IPv6 address without brackets or zone.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static InetAddress parse(String text) {
        if (isNumeric(text)) {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException malformed) {
                throw new IllegalArgumentException("'" + text + "' is not an address", malformed);
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not an address");
    }
}
