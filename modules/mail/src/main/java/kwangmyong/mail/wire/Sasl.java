package kwangmyong.mail.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a SASL exchange (RFC 4422) that ends in a name and a password: PLAIN (RFC 4616) and LOGIN, which was never standardised
 * and which many mail programs still prefer. Only base64 goes in and out; who it is and whether it is true is for others.
 */
public final class Sasl {
    /** Offered, best first. */
    public static final String MECHANISMS = "PLAIN LOGIN";

    /** The longest response line in octets (RFC 4954 §4). */
    public static final int LINE_LIMIT = 12_288;

    private static final String CANCEL = "*";
    private static final String ASK_NAME = encode("Username:");
    private static final String ASK_PASSWORD = encode("Password:");

    private final boolean plain;
    private @Nullable String name;

    private Sasl(boolean plain) {
        this.plain = plain;
    }

    /** What follows a response of the client. */
    public sealed interface Step {
        /** Send this base64 text and await a response. */
        record Challenge(String base64) implements Step {}

        /** Somebody says that they are {@code name}. */
        record Credentials(String name, String password) implements Step {}

        enum End implements Step {
            /** Not base64, or not what the mechanism prescribes. */
            MALFORMED,
            CANCELLED,
            /** To act for somebody else, which nobody may. */
            PROXY_REFUSED
        }
    }

    /** The exchange of {@code mechanism}, in any case; null when there is none of that name. */
    public static @Nullable Sasl of(String mechanism) {
        String name = mechanism.toUpperCase(Locale.ROOT);
        if (name.equals("PLAIN") || name.equals("LOGIN")) {
            return new Sasl(name.equals("PLAIN"));
        }
        return null;
    }

    /**
     * Begins the exchange.
     *
     * @param initialResponse what came with the command, {@code =} for an empty one; null when nothing did
     */
    public Step begin(@Nullable String initialResponse) {
        if (initialResponse == null) {
            return new Step.Challenge(plain ? "" : ASK_NAME);
        }
        return respond(initialResponse.equals("=") ? "" : initialResponse);
    }

    public Step respond(String line) {
        if (line.equals(CANCEL)) {
            return Step.End.CANCELLED;
        }
        String text = decode(line);
        if (text == null) {
            return Step.End.MALFORMED;
        }
        if (plain) {
            return plain(text);
        }
        if (name == null) {
            name = text;
            return new Step.Challenge(ASK_PASSWORD);
        }
        return new Step.Credentials(name, text);
    }

    private static Step plain(String text) {
        String[] parts = text.split("\0", -1);
        if (parts.length != 3 || parts[1].isEmpty()) {
            return Step.End.MALFORMED;
        }
        if (!parts[0].isEmpty() && !parts[0].equals(parts[1])) {
            return Step.End.PROXY_REFUSED;
        }
        return new Step.Credentials(parts[1], parts[2]);
    }

    private static @Nullable String decode(String base64) {
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return null;
        }
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
