package kwangmyong.dns.zone;

/** What the data of an RRSIG record says (RFC 4034 §3.1). */
public final class Rrsig {
    /** Octets before the signer's name. */
    public static final int FIXED = 18;

    private Rrsig() {}

    /** The type of the set that it signs; 0 where the data is too short to say. */
    public static int covered(byte[] data) {
        return data.length < 2 ? 0 : ((data[0] & 0xff) << 8) | (data[1] & 0xff);
    }
}
