package kwangmyong.api;

import java.nio.charset.StandardCharsets;

/** Text as part of a path (RFC 3986 §3.3). */
final class Paths {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    private Paths() {}

    /** One segment, or one value of a query, whatever is in it. */
    static String segment(String text) {
        var encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append(String.format("%%%02X", octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
