package kwangmyong.dns.zone;

import java.util.Arrays;

/**
 * A name in lower case with the place and hash of each of its suffixes, for looking a name and its ancestors up without making objects.
 * One is used over and over; not for more than one thread.
 */
public final class CanonicalName {
    private static final int SEED = 0x811c9dc5;
    private static final int PRIME = 0x01000193;

    private final byte[] octets = new byte[DomainName.MAX_LENGTH];
    private final int[] offsets = new int[DomainName.MAX_LABELS + 1];
    private final int[] hashes = new int[DomainName.MAX_LABELS + 1];
    private int length;
    private int labels;

    /** Takes a well-formed uncompressed name. */
    public void set(byte[] wire, int from) {
        int at = from;
        int count = 0;
        while (wire[at] != 0) {
            offsets[count++] = at - from;
            at += wire[at] + 1;
        }
        offsets[count] = at - from;
        length = at + 1 - from;
        labels = count;
        for (int i = 0; i < length; i++) {
            octets[i] = DomainName.lower(wire[from + i]);
        }
        hash();
    }

    /** Hashes from the root leftwards, so that each suffix costs only its first label. */
    private void hash() {
        int hash = SEED;
        hashes[labels] = hash;
        for (int label = labels - 1; label >= 0; label--) {
            int end = offsets[label + 1];
            for (int i = offsets[label]; i < end; i++) {
                hash = (hash ^ octets[i]) * PRIME;
            }
            hashes[label] = hash;
        }
    }

    /** Labels, the root not counted. */
    public int labels() {
        return labels;
    }

    /** Octets, the root's included. */
    public int length() {
        return length;
    }

    /** The name itself, in lower case; valid up to {@link #length} and until the next {@link #set}. */
    public byte[] octets() {
        return octets;
    }

    /** Where the suffix that begins at {@code label} begins; label 0 is the whole name. */
    public int offset(int label) {
        return offsets[label];
    }

    public int hash(int label) {
        return hashes[label];
    }

    /** Whether the suffix that begins at {@code label} is the same name as {@code wire}, whatever the case of that. */
    boolean isFrom(int label, byte[] wire) {
        int from = offsets[label];
        if (length - from != wire.length) {
            return false;
        }
        for (int i = 0; i < wire.length; i++) {
            if (octets[from + i] != DomainName.lower(wire[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is the same name as {@code canonical}, which is in lower case. */
    public boolean is(byte[] canonical) {
        return Arrays.equals(octets, 0, length, canonical, 0, canonical.length);
    }

    /** A copy of the name, in lower case. */
    public byte[] copy() {
        return Arrays.copyOf(octets, length);
    }
}
