package kwangmyong.border.packet;

import java.nio.ByteBuffer;

/** The Internet checksum, RFC 1071: the ones' complement of the ones' complement sum of 16-bit words. */
final class Checksum {
    private Checksum() {}

    /** Adds octets to a sum; an odd last one counts as the upper half of a word. */
    static long add(long sum, ByteBuffer octets, int from, int length) {
        long total = sum;
        int end = from + (length & ~1);
        for (int i = from; i < end; i += 2) {
            total += octets.getShort(i) & 0xffff;
        }
        return (length & 1) == 0 ? total : total + ((octets.get(end) & 0xff) << 8);
    }

    /** What stands in the packet. */
    static short of(long sum) {
        return (short) ~fold(sum);
    }

    /** Whether octets that hold their own checksum are whole. */
    static boolean isRight(long sum) {
        return fold(sum) == 0xffff;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }
}
