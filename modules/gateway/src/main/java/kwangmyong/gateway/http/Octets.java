package kwangmyong.gateway.http;

import java.nio.charset.StandardCharsets;

/** Which octets may stand where (RFC 9110 §5.5 and §5.6.2, RFC 5234). */
final class Octets {
    static final byte CR = '\r';
    static final byte LF = '\n';
    static final byte SPACE = ' ';
    static final byte TAB = '\t';

    private static final int OCTETS = 256;
    private static final boolean[] TOKEN = new boolean[OCTETS];
    private static final boolean[] VALUE = new boolean[OCTETS];
    private static final boolean[] TARGET = new boolean[OCTETS];

    static {
        for (int i = 0; i < OCTETS; i++) {
            boolean alphanumeric = (i >= '0' && i <= '9') || (i >= 'A' && i <= 'Z') || (i >= 'a' && i <= 'z');
            TOKEN[i] = alphanumeric || "!#$%&'*+-.^_`|~".indexOf(i) >= 0;
            VALUE[i] = (i >= ' ' && i != 127) || i == TAB;
            TARGET[i] = i > ' ' && i != 127;
        }
    }

    private Octets() {}

    static boolean isToken(byte octet) {
        return TOKEN[octet & 0xff];
    }

    /** Visible characters, space, tab and the upper half, but no control character. */
    static boolean isValue(byte octet) {
        return VALUE[octet & 0xff];
    }

    /** What may stand in a request target: neither space nor control; the upper half is encoded before it is passed on. */
    static boolean isTarget(byte octet) {
        return TARGET[octet & 0xff];
    }

    static boolean isBlank(byte octet) {
        return octet == SPACE || octet == TAB;
    }

    static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /** A letter of ASCII in lower case; anything else as it is. */
    static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 'a' - 'A' : octet;
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(byte octet) {
        return octet < 0 ? -1 : Character.digit(octet, 16);
    }

    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
