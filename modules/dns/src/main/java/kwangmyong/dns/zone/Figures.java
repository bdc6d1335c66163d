package kwangmyong.dns.zone;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers and addresses in the plain text of a master file, without a string made of them. */
final class Figures {
    private static final int MOST_DIGITS = 9;

    private Figures() {}

    /** An IPv4 address in its usual form, no part padded with zeros; null for anything else. */
    static byte @Nullable [] address4(byte[] text, int from, int to) {
        byte[] address = new byte[4];
        int at = from;
        for (int i = 0; i < 4; i++) {
            int start = at;
            while (at < to && isDigit(text[at])) {
                at++;
            }
            int part = at - start > 3 ? -1 : number(text, start, at);
            boolean padded = at - start > 1 && text[start] == '0';
            if (part < 0 || part > 255 || padded || (i < 3 ? at >= to || text[at] != '.' : at != to)) {
                return null;
            }
            address[i] = (byte) part;
            at++;
        }
        return address;
    }

    /** Groups of hexadecimal digits, one run of zeros left out at most; none as an IPv4 address; null for anything else. */
    static byte @Nullable [] address6(byte[] text, int from, int to) {
        byte[] address = new byte[16];
        int filled = 0;
        int gapAt = -1;
        int at = from;
        if (to - from >= 2 && text[from] == ':' && text[from + 1] == ':') {
            gapAt = 0;
            at += 2;
        }
        while (at < to) {
            int start = at;
            int group = 0;
            while (at < to && at - start < 4 && Character.digit(text[at], 16) >= 0) {
                group = group << 4 | Character.digit(text[at++], 16);
            }
            if (at == start || filled == 16) {
                return null;
            }
            address[filled++] = (byte) (group >> 8);
            address[filled++] = (byte) group;
            if (at == to) {
                break;
            }
            if (text[at++] != ':' || at == to) {
                return null;
            }
            if (text[at] == ':') {
                if (gapAt >= 0) {
                    return null;
                }
                gapAt = filled;
                at++;
            }
        }
        if (gapAt < 0 ? filled != 16 : filled > 14) {
            return null;
        }
        if (gapAt >= 0) {
            int behind = filled - gapAt;
            System.arraycopy(address, gapAt, address, 16 - behind, behind);
            Arrays.fill(address, gapAt, 16 - behind, (byte) 0);
        }
        return address;
    }

    /** A decimal number of at most {@value #MOST_DIGITS} digits; -1 for anything else. */
    static int number(byte[] text, int from, int to) {
        if (to == from || to - from > MOST_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text[i])) {
                return -1;
            }
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
