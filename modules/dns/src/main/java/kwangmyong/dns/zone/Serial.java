package kwangmyong.dns.zone;

import java.nio.ByteBuffer;

/** Serial numbers, which go round (RFC 1982). */
public final class Serial {
    private Serial() {}

    /** Whether {@code one} comes after {@code other}; where the two are exactly half the circle apart, neither does. */
    public static boolean isAfter(long one, long other) {
        int ahead = (int) (one - other);
        return ahead > 0;
    }

    /** That of a zone. */
    public static long of(Zone zone) {
        byte[] data = zone.soa().data(0);
        return Integer.toUnsignedLong(ByteBuffer.wrap(data).getInt(at(data)));
    }

    /** The data of a SOA with another serial. */
    public static byte[] with(byte[] soaData, long serial) {
        byte[] changed = soaData.clone();
        ByteBuffer.wrap(changed).putInt(at(changed), (int) serial);
        return changed;
    }

    /** Five numbers stand at the end of a SOA, the serial first (RFC 1035 §3.3.13). */
    private static int at(byte[] soaData) {
        return soaData.length - 5 * Integer.BYTES;
    }
}
