package kwangmyong.gateway.http;

/**
 * What a head may measure.
 *
 * @param startLine octets of the request line or status line; longer is 414
 * @param head octets of the whole head, and of a trailer section; more is 431
 * @param fields field lines in a head or trailer section; more is 431
 */
public record HttpLimits(int startLine, int head, int fields) {
    /** 16 KiB, 64 KiB, 128 fields. */
    public static final HttpLimits DEFAULT = new HttpLimits(16_384, 65_536, 128);

    private static final int LEAST_START_LINE = 8_000; // RFC 9112 §3 recommends at least this

    public HttpLimits {
        if (startLine < LEAST_START_LINE) {
            throw new IllegalArgumentException(
                    "start line: " + startLine + " (expected: at least " + LEAST_START_LINE + ")");
        }
        if (head < startLine) {
            throw new IllegalArgumentException(
                    "head: " + head + " (expected: at least the start line's " + startLine + ")");
        }
        if (fields < 1) {
            throw new IllegalArgumentException("fields: " + fields + " (expected: 1 or more)");
        }
    }
}
