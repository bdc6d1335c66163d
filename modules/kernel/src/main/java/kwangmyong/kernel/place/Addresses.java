package kwangmyong.kernel.place;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads and writes numeric addresses, and never asks a resolver: what is not a number is an error. */
public final class Addresses {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    /** Of the longest way to write an address: IPv4 within IPv6, every group whole. Longer texts are not looked at. */
    private static final int MAX_LENGTH = "0000:0000:0000:0000:0000:ffff:255.255.255.255".length();

    private static final int IPV6_GROUPS = 8;

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

    /** The one way to write an address: a dotted quad, or IPv6 as RFC 5952 §4 recommends, its longest run of zeros as {@code ::}. */
    public static String text(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != IPV6_GROUPS * 2) {
            return address.getHostAddress();
        }
        int[] groups = new int[IPV6_GROUPS];
        for (int i = 0; i < IPV6_GROUPS; i++) {
            groups[i] = ((octets[2 * i] & 0xff) << 8) | (octets[2 * i + 1] & 0xff);
        }
        int from = 0;
        int run = 1; // a single zero group is written (§4.2.2)
        for (int i = 0; i < IPV6_GROUPS; i++) {
            int zeros = zerosAt(groups, i);
            if (zeros > run) {
                from = i;
                run = zeros;
            }
        }
        return run == 1
                ? joined(groups, 0, IPV6_GROUPS)
                : joined(groups, 0, from) + "::" + joined(groups, from + run, IPV6_GROUPS);
    }

    /** An address with its port, IPv6 in brackets (RFC 3986 §3.2.2). */
    public static String text(InetSocketAddress socket) {
        String host = text(socket.getAddress());
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + socket.getPort();
    }

    private static int zerosAt(int[] groups, int from) {
        int zeros = 0;
        while (from + zeros < IPV6_GROUPS && groups[from + zeros] == 0) {
            zeros++;
        }
        return zeros;
    }

    private static String joined(int[] groups, int from, int to) {
        return Arrays.stream(groups, from, to).mapToObj(Integer::toHexString).collect(Collectors.joining(":"));
    }
}
