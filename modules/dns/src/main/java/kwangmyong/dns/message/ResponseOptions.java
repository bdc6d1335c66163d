package kwangmyong.dns.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a response's OPT record carries (RFC 6891 §6.1.2). Used over and over, by one thread. */
final class ResponseOptions {
    /** An answer whose asker pads is padded to a multiple of this, RFC 8467 §4.1. */
    static final int PADDING_BLOCK = 468;

    static final int HEADER = 4;

    private static final int NSID = 3; // RFC 5001
    private static final int COOKIE = 10; // RFC 7873
    private static final int KEEP_ALIVE = 11; // RFC 7828
    private static final int PADDING = 12; // RFC 7830
    private static final int EXTENDED_ERROR = 15; // RFC 8914
    private static final byte[] EMPTY = {};

    private byte[] nsid = EMPTY;
    private byte[] cookie = EMPTY;
    private int keepAlive = -1;
    private boolean padded;
    private boolean hasError;
    private int errorCode;
    private byte[] errorText = EMPTY;

    void clear() {
        nsid = EMPTY;
        cookie = EMPTY;
        keepAlive = -1;
        padded = false;
        hasError = false;
    }

    /** The octets that this adds. */
    int nsid(byte[] identifier) {
        nsid = identifier;
        return identifier.length == 0 ? 0 : HEADER + identifier.length;
    }

    /** The octets that this adds. */
    int cookie(byte[] clientAndServer) {
        cookie = clientAndServer;
        return HEADER + cookie.length;
    }

    /** The octets that this adds. */
    int keepAlive(int tenths) {
        keepAlive = Math.min(tenths, 0xffff);
        return HEADER + 2;
    }

    void padded() {
        padded = true;
    }

    /** Sets the error if there is none yet and {@code room} holds it; the octets that this adds. */
    int error(int code, String text, int mostText, int room) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int length = octets.length;
        if (length > mostText) {
            length = mostText;
            while (length > 0 && (octets[length] & 0xc0) == 0x80) {
                length--; // not in the middle of a character
            }
        }
        int size = HEADER + 2 + length;
        if (hasError || size > room) {
            return 0;
        }
        hasError = true;
        errorCode = code;
        errorText = Arrays.copyOf(octets, length);
        return size;
    }

    /** The most that {@link #write} writes. */
    int most() {
        return 4 * HEADER + nsid.length + cookie.length + 2 + 2 + errorText.length + HEADER + PADDING_BLOCK;
    }

    /**
     * Writes the options.
     *
     * @param at where in the message; what is before is the rest of it
     * @param limit how long the message may become with padding
     * @return the end
     */
    int write(byte[] message, int at, int limit) {
        int end = at;
        if (nsid.length > 0) {
            end = put(message, end, NSID, nsid);
        }
        if (cookie.length > 0) {
            end = put(message, end, COOKIE, cookie);
        }
        if (keepAlive >= 0) {
            end = put(message, end, KEEP_ALIVE, new byte[] {(byte) (keepAlive >> 8), (byte) keepAlive});
        }
        if (hasError) {
            end = header(message, end, EXTENDED_ERROR, 2 + errorText.length);
            end = putShort(message, end, errorCode);
            System.arraycopy(errorText, 0, message, end, errorText.length);
            end += errorText.length;
        }
        return padded ? pad(message, end, limit) : end;
    }

    /** Padding is the last option, and of zeros (RFC 7830 §3). */
    private static int pad(byte[] message, int at, int limit) {
        int bare = at + HEADER;
        if (bare > limit) {
            return at;
        }
        int whole = (bare + PADDING_BLOCK - 1) / PADDING_BLOCK * PADDING_BLOCK;
        int end = Math.min(whole, limit);
        header(message, at, PADDING, end - bare);
        Arrays.fill(message, bare, end, (byte) 0);
        return end;
    }

    private static int put(byte[] message, int at, int option, byte[] octets) {
        int data = header(message, at, option, octets.length);
        System.arraycopy(octets, 0, message, data, octets.length);
        return data + octets.length;
    }

    private static int header(byte[] message, int at, int option, int length) {
        return putShort(message, putShort(message, at, option), length);
    }

    private static int putShort(byte[] message, int at, int value) {
        message[at] = (byte) (value >> 8);
        message[at + 1] = (byte) value;
        return at + 2;
    }
}
