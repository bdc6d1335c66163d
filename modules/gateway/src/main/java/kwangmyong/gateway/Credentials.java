package kwangmyong.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A name and password as Basic carries them (RFC 7617), in UTF-8. */
record Credentials(String name, String password) {
    private static final String SCHEME = "Basic ";
    private static final int MAX_LENGTH = 1_024;

    /** What a Proxy-Authorization value holds; null when it is of another scheme or malformed. */
    static @Nullable Credentials parse(String value) {
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || value.length() > MAX_LENGTH) {
            return null;
        }
        try {
            byte[] octets =
                    Base64.getDecoder().decode(value.substring(SCHEME.length()).strip());
            String pair = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            int colon = pair.indexOf(':');
            return colon < 0 ? null : new Credentials(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + name + "]";
    }
}
