package kwangmyong.dns.prepared;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import kwangmyong.dns.zone.DomainName;

/**
 * The question of a plain query, as most are: a standard query of class IN with one question, no flag but RD, and no EDNS or an OPT record
 * without options, flags or a small buffer. Anything else is for the engine. Read eight octets at a time; one is used over and over, by one
 * thread.
 */
public final class PlainQuestion {
    /** The octets of a message's header. */
    public static final int HEADER = 12;

    private static final int OPT = 11;
    private static final int TYPE_OPT = 41;
    private static final int FIRST_META_TYPE = 128;
    private static final int LAST_META_TYPE = 254; // transfers among them; ANY is none
    private static final int FIRST_SIGNING_TYPE = 46; // RRSIG
    private static final int LAST_SIGNING_TYPE = 60; // CDNSKEY
    private static final int CLASS_IN = 1;

    // The header's first eight octets, read little-endian, but for the id and RD; and the next four.
    private static final long HEADER_MASK = 0xffff_ffff_fffe_0000L;
    private static final long ONE_QUESTION = 1L << 40;
    private static final int ONE_ADDITIONAL = 1 << 24;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** Nobody outside can know which names fall together. */
    private static final long SECRET = ThreadLocalRandom.current().nextLong() | 1;

    private static final long VIEW_MASK = -1L << PreparedAnswers.VIEW_SHIFT;

    private final int leastPayload;

    final long[] key = new long[1 + (DomainName.MAX_LENGTH + 7) / 8];
    int words;
    long hash;
    private int end;

    /** @param leastPayload what a client that speaks EDNS must take for its query to be plain, in octets */
    public PlainQuestion(int leastPayload) {
        this.leastPayload = leastPayload;
    }

    /**
     * Reads a query.
     *
     * @param octets in little-endian order, with eight to read beyond the query's end
     * @return whether it is plain
     */
    public boolean read(ByteBuffer octets, int from, int length) {
        if (length < HEADER + 5 || (octets.getLong(from) & HEADER_MASK) != ONE_QUESTION) {
            return false;
        }
        int rest = octets.getInt(from + 8);
        if (rest != 0 && rest != ONE_ADDITIONAL) {
            return false;
        }
        boolean edns = rest != 0;
        int questionEnd = length - (edns ? OPT : 0);
        int nameEnd = questionEnd - 4;
        if (!endsAt(octets, from, nameEnd)) {
            return false;
        }
        int type = unsignedShort(octets, from + nameEnd);
        if (unsignedShort(octets, from + nameEnd + 2) != CLASS_IN
                || isForEngine(type)
                || (edns && !isPlainOpt(octets, from + questionEnd))) {
            return false;
        }
        end = questionEnd;
        take(octets, from + HEADER, nameEnd - HEADER, type, edns);
        return true;
    }

    /** Whether labels follow one another from the header to {@code nameEnd}, where the root has just been. */
    private static boolean endsAt(ByteBuffer octets, int from, int nameEnd) {
        int at = HEADER;
        if (nameEnd - HEADER > DomainName.MAX_LENGTH) {
            return false;
        }
        while (at < nameEnd) {
            int label = octets.get(from + at);
            if (label == 0) {
                return at + 1 == nameEnd;
            }
            if (label < 0 || label > DomainName.MAX_LABEL) {
                return false;
            }
            at += label + 1;
        }
        return false;
    }

    /** Types whose answers are no matter of zones and decisions alone: signatures are made in time. */
    private static boolean isForEngine(int type) {
        return type == TYPE_OPT
                || (type >= FIRST_SIGNING_TYPE && type <= LAST_SIGNING_TYPE)
                || (type >= FIRST_META_TYPE && type <= LAST_META_TYPE);
    }

    private boolean isPlainOpt(ByteBuffer octets, int at) {
        return octets.get(at) == 0
                && unsignedShort(octets, at + 1) == TYPE_OPT
                && unsignedShort(octets, at + 3) >= leastPayload
                && octets.getInt(at + 5) == 0
                && octets.getShort(at + 9) == 0;
    }

    private void take(ByteBuffer octets, int from, int length, int type, boolean edns) {
        long first = length | (long) type << 16 | (edns ? 1L << 32 : 0);
        key[0] = first;
        long mixed = mix(SECRET, first);
        int count = 1;
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            long word = lower(octets.getLong(from + at));
            key[count++] = word;
            mixed = mix(mixed, word);
        }
        int left = length - at;
        if (left > 0) {
            long word = lower(octets.getLong(from + at) & ((1L << (left * Byte.SIZE)) - 1));
            key[count++] = word;
            mixed = mix(mixed, word);
        }
        words = count;
        hash = mixed;
    }

    /** The words of a key that begins with {@code first}. */
    static int wordsOf(long first) {
        return 1 + ((int) first & 0xffff) / Long.BYTES + (((int) first & 0xffff) % Long.BYTES == 0 ? 0 : 1);
    }

    /** The hash of a key that was kept, a view in its first word or none. */
    static long hashOf(long[] in, int at) {
        int count = wordsOf(in[at]);
        long mixed = mix(SECRET, in[at] & ~VIEW_MASK);
        for (int word = 1; word < count; word++) {
            mixed = mix(mixed, in[at + word]);
        }
        return mixed;
    }

    static long mix(long hash, long word) {
        long mixed = (hash ^ word) * 0x9e37_79b9_7f4a_7c15L;
        return mixed ^ (mixed >>> 29);
    }

    /** Eight octets in lower case, by ASCII alone (RFC 4343); a label's length is below any letter and stays. */
    private static long lower(long word) {
        long sevenBits = word & ~HIGH_BITS;
        long fromA = sevenBits + (0x80 - 'A') * ONES;
        long beyondZ = sevenBits + (0x7f - 'Z') * ONES;
        long upper = (fromA ^ beyondZ) & ~word & HIGH_BITS;
        return word | (upper >>> 2);
    }

    private static int unsignedShort(ByteBuffer octets, int at) {
        return Short.reverseBytes(octets.getShort(at)) & 0xffff;
    }

    /** Octets of header and question. */
    public int end() {
        return end;
    }
}
