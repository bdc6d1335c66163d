package kwangmyong.mail.smtp;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A forward or reverse path, RFC 5321 §4.1.2 and, with SMTPUTF8, RFC 6531 §3.3.
 *
 * @param address lower case, in Unicode normal form C, the domain as A-labels; empty for the null reverse path
 * @param rest what follows the path on the line, without leading spaces: its parameters
 * @param isInternational whether the local part has characters outside ASCII, or the domain U-labels
 */
record MailPath(String address, String rest, boolean isInternational) {
    /** RFC 5321 §4.5.3.1.1-3, in octets. */
    private static final int LOCAL_LIMIT = 64;

    private static final int DOMAIN_LIMIT = 255;
    private static final int PATH_LIMIT = 256;

    private static final Pattern ATOMS = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10FFFF}-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10FFFF}-]+)*");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern LITERAL =
            Pattern.compile("\\[(?:IPv6:)?[0-9A-Fa-f:.]{2,45}\\]", Pattern.CASE_INSENSITIVE);
    private static final String POSTMASTER = "postmaster";

    /** Whether this is {@code <>}. */
    boolean isNull() {
        return address.isEmpty();
    }

    /** Whether this is {@code postmaster} without a domain, which RFC 5321 §4.5.1 allows in a forward path. */
    boolean isBarePostmaster() {
        return address.equals(POSTMASTER);
    }

    /**
     * Reads what follows {@code FROM:} or {@code TO:}; null when it is not a path.
     *
     * @param octets one character an octet
     */
    static @Nullable MailPath parse(String octets) {
        String text = utf8(octets);
        if (text == null) {
            return null;
        }
        String path = text.stripLeading();
        if (!path.startsWith("<")) {
            return null;
        }
        int end = closing(path);
        if (end < 0 || (end + 1 < path.length() && path.charAt(end + 1) != ' ')) {
            return null;
        }
        String inner = withoutRoute(path.substring(1, end));
        String rest = path.substring(end + 1).strip();
        if (inner.isEmpty()) {
            return path.startsWith("<>") ? new MailPath("", rest, false) : null;
        }
        if (inner.equalsIgnoreCase(POSTMASTER)) {
            return new MailPath(POSTMASTER, rest, false);
        }
        return address(inner, rest);
    }

    private static @Nullable MailPath address(String inner, String rest) {
        int at = inner.lastIndexOf('@');
        if (at < 1 || inner.getBytes(StandardCharsets.UTF_8).length + 2 > PATH_LIMIT) {
            return null;
        }
        String local = local(inner.substring(0, at));
        String domain = domain(inner.substring(at + 1));
        if (local == null || domain == null || local.getBytes(StandardCharsets.UTF_8).length > LOCAL_LIMIT) {
            return null;
        }
        boolean international = !inner.chars().allMatch(character -> character < 0x80);
        return new MailPath(local.toLowerCase(Locale.ROOT) + "@" + domain, rest, international);
    }

    /** Where the angle bracket closes that is open at the beginning, quoted strings skipped; -1 when it does not. */
    private static int closing(String path) {
        boolean quoted = false;
        for (int i = 1; i < path.length(); i++) {
            char character = path.charAt(i);
            if (quoted && character == '\\') {
                i++;
            } else if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && character == '>') {
                return i;
            }
        }
        return -1;
    }

    /** Source routes are accepted and ignored (RFC 5321 appendix C). */
    private static String withoutRoute(String inner) {
        if (!inner.startsWith("@")) {
            return inner;
        }
        return inner.substring(inner.indexOf(':') + 1);
    }

    private static @Nullable String local(String text) {
        if (text.startsWith("\"")) {
            return unquoted(text);
        }
        return ATOMS.matcher(text).matches() ? Normalizer.normalize(text, Normalizer.Form.NFC) : null;
    }

    private static @Nullable String unquoted(String text) {
        StringBuilder plain = new StringBuilder();
        int i = 1;
        while (i < text.length() - 1) {
            char character = text.charAt(i++);
            if (character == '\\' && i < text.length() - 1) {
                character = text.charAt(i++);
            } else if (character == '"' || character == '\\') {
                return null;
            }
            if (character < ' ' || character == 0x7f) {
                return null;
            }
            plain.append(character);
        }
        boolean closed = text.length() >= 2 && text.endsWith("\"") && i == text.length() - 1;
        return closed && !plain.isEmpty() ? Normalizer.normalize(plain, Normalizer.Form.NFC) : null;
    }

    private static @Nullable String domain(String text) {
        if (LITERAL.matcher(text).matches()) {
            return text.toLowerCase(Locale.ROOT);
        }
        try {
            String ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return ascii.length() <= DOMAIN_LIMIT && DOMAIN.matcher(ascii).matches() ? ascii : null;
        } catch (IllegalArgumentException notADomain) {
            return null;
        }
    }

    private static @Nullable String utf8(String octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
