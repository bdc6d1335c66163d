package kwangmyong.dns.zone;

import java.util.Arrays;

/** The order of names in a signed zone (RFC 4034 §6.1): by labels from the root down, each as octets in lower case. */
public final class CanonicalOrder {
    private static final byte END_OF_LABEL = 0;
    private static final byte ESCAPE = 1;

    private CanonicalOrder() {}

    /**
     * Octets that compare, unsigned, as the names do.
     *
     * @param name uncompressed and in lower case
     * @param from where the name begins
     */
    public static byte[] key(byte[] name, int from) {
        int[] starts = new int[DomainName.MAX_LABELS];
        int labels = 0;
        int at = from;
        int escapes = 0;
        while (name[at] != 0) {
            starts[labels++] = at;
            int end = at + 1 + name[at];
            for (int i = at + 1; i < end; i++) {
                escapes += isEscaped(name[i]) ? 1 : 0;
            }
            at = end;
        }
        byte[] key = new byte[at - from + escapes];
        int put = 0;
        for (int label = labels - 1; label >= 0; label--) {
            int end = starts[label] + 1 + name[starts[label]];
            for (int i = starts[label] + 1; i < end; i++) {
                if (isEscaped(name[i])) {
                    key[put++] = ESCAPE;
                    key[put++] = (byte) (name[i] + 1);
                } else {
                    key[put++] = name[i];
                }
            }
            key[put++] = END_OF_LABEL;
        }
        return key;
    }

    /** What would pass for the end of a label, or for an escape. */
    private static boolean isEscaped(byte octet) {
        return octet == END_OF_LABEL || octet == ESCAPE;
    }

    /** Where the greatest of the ascending keys stands that is not above {@code key}; the last one when all are above it. */
    static int floor(byte[][] ascending, byte[] key) {
        int found = Arrays.binarySearch(ascending, key, Arrays::compareUnsigned);
        int below = found >= 0 ? found : -found - 2;
        return below >= 0 ? below : ascending.length - 1;
    }
}
