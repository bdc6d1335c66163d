package kwangmyong.dns.zone;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names as they stand on the wire: labels with a length before each, ended by the root's zero (RFC 1035 §3.1), never compressed. Names
 * are byte arrays throughout, so that the hot path makes no objects.
 */
public final class DomainName {
    /** A name's limit in octets, RFC 1035 §2.3.4. */
    public static final int MAX_LENGTH = 255;

    /** A label's limit in octets, RFC 1035 §2.3.4. */
    public static final int MAX_LABEL = 63;

    /** The most labels that fit, the root not counted. */
    public static final int MAX_LABELS = 127;

    private static final byte[] LOWER = lower();

    private DomainName() {}

    /** The octet in lower case, by ASCII alone (RFC 4343). */
    public static byte lower(byte octet) {
        return LOWER[octet & 0xff];
    }

    /** The octets that an uncompressed name takes, the root's included. */
    public static int length(byte[] wire, int from) {
        int at = from;
        while (wire[at] != 0) {
            at += wire[at] + 1;
        }
        return at + 1 - from;
    }

    /** A copy of the name at {@code from}. */
    public static byte[] at(byte[] wire, int from) {
        return Arrays.copyOfRange(wire, from, from + length(wire, from));
    }

    /** A copy in lower case; length octets are below any letter and stay. */
    public static byte[] canonical(byte[] wire) {
        byte[] canonical = new byte[wire.length];
        for (int i = 0; i < wire.length; i++) {
            canonical[i] = lower(wire[i]);
        }
        return canonical;
    }

    /**
     * The name as rules and journals write it: lower case, without a final dot; the root is a lone dot. What could be mistaken for
     * another name (a dot within a label, octets outside printable ASCII) is escaped as in a master file (RFC 1035 §5.1).
     */
    public static String text(byte[] wire, int from) {
        if (wire[from] == 0) {
            return ".";
        }
        StringBuilder text = new StringBuilder(MAX_LABEL);
        int at = from;
        while (wire[at] != 0) {
            if (at != from) {
                text.append('.');
            }
            int end = at + 1 + wire[at];
            for (int i = at + 1; i < end; i++) {
                appendOctet(text, lower(wire[i]) & 0xff);
            }
            at = end;
        }
        return text.toString();
    }

    /**
     * A host's name on the wire.
     *
     * @param text labels of letters, digits, hyphens and underscores between dots, without a final one
     * @throws IllegalArgumentException when a label or the whole is too long, or a label empty
     */
    public static byte[] wire(String text) {
        byte[] wire = new byte[text.length() + 2];
        int at = 0;
        for (String label : text.split("\\.", -1)) {
            byte[] octets = label.getBytes(StandardCharsets.US_ASCII);
            if (octets.length == 0 || octets.length > MAX_LABEL || wire.length > MAX_LENGTH) {
                throw new IllegalArgumentException("'" + text + "' is not a name");
            }
            wire[at++] = (byte) octets.length;
            System.arraycopy(octets, 0, wire, at, octets.length);
            at += octets.length;
        }
        return wire;
    }

    private static void appendOctet(StringBuilder text, int octet) {
        if (octet <= ' ' || octet >= 0x7f) {
            text.append('\\').append((char) ('0' + octet / 100));
            text.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
        } else {
            if (octet == '.' || octet == '\\') {
                text.append('\\');
            }
            text.append((char) octet);
        }
    }

    private static byte[] lower() {
        byte[] table = new byte[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) (i >= 'A' && i <= 'Z' ? i + ('a' - 'A') : i);
        }
        return table;
    }
}
