package kwangmyong.access.journal;

/** A Bloom filter: says of a token that a block surely has none, or may have it. About one in a hundred of those it may have is not there. */
final class Bloom {
    private static final int BITS_OF_EACH = 10;
    private static final int HASHES = 7;

    private Bloom() {}

    /** The filter of {@code tokens}. */
    static byte[] of(long[] tokens) {
        byte[] filter = new byte[Math.max(8, (tokens.length * BITS_OF_EACH + 7) / 8)];
        for (long token : tokens) {
            for (int i = 0; i < HASHES; i++) {
                int bit = bit(token, i, filter.length);
                filter[bit >>> 3] |= (byte) (1 << (bit & 7));
            }
        }
        return filter;
    }

    static boolean mayHold(byte[] filter, long token) {
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(token, i, filter.length);
            if ((filter[bit >>> 3] & (1 << (bit & 7))) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(long token, int hash, int bytes) {
        int step = (int) (token >>> 32) | 1;
        return Math.floorMod((int) token + hash * step, bytes * 8);
    }
}
