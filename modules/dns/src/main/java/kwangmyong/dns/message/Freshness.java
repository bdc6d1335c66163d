package kwangmyong.dns.message;

import kwangmyong.dns.zone.RecordType;

/** How long a response may be kept by whoever does not read DNS: a cache of HTTP (RFC 8484 §5.1). */
public final class Freshness {
    private static final int ANSWERS_AT = 6;
    private static final int AUTHORITIES_AT = 8;
    private static final int RECORD_FIXED = 10;
    private static final int QUESTION_FIXED = 4;

    private Freshness() {}

    /**
     * The least TTL of the answer; of a negative one the SOA's, which {@link ResponseWriter} was given as RFC 2308 §5 has it; 0 where
     * there is neither, and for failures.
     *
     * @param message a response as {@link ResponseWriter} writes it
     * @return in seconds
     */
    public static long seconds(byte[] message, int length) {
        int code = message[3] & 0xf;
        if (code != ResponseCode.NOERROR && code != ResponseCode.NXDOMAIN) {
            return 0;
        }
        int at = Query.HEADER;
        for (int i = unsignedShort(message, 4); i > 0; i--) {
            at = pastName(message, at) + QUESTION_FIXED;
        }
        int answers = unsignedShort(message, ANSWERS_AT);
        int records = answers > 0 ? answers : unsignedShort(message, AUTHORITIES_AT);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < records && at < length; i++) {
            int record = pastName(message, at);
            if (answers > 0 || unsignedShort(message, record) == RecordType.SOA) {
                long ttl = ((long) unsignedShort(message, record + 4) << 16) | unsignedShort(message, record + 6);
                least = Math.min(least, ttl);
            }
            at = record + RECORD_FIXED + unsignedShort(message, record + 8);
        }
        return least == Long.MAX_VALUE ? 0 : least;
    }

    private static int pastName(byte[] message, int from) {
        int at = from;
        while (message[at] > 0) {
            at += message[at] + 1;
        }
        return message[at] == 0 ? at + 1 : at + 2; // the root, or a pointer
    }

    private static int unsignedShort(byte[] message, int at) {
        return ((message[at] & 0xff) << 8) | (message[at + 1] & 0xff);
    }
}
