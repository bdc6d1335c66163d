package kwangmyong.dns.zone;

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
        int at = data.length - 5 * Integer.BYTES;
        return Integer.toUnsignedLong(java.nio.ByteBuffer.wrap(data).getInt(at));
    }
}
