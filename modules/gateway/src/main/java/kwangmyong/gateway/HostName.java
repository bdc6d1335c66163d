package kwangmyong.gateway;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.NamePattern;

/**
 * The host of a URI or Host field, in the one form that rules know: lower case, no final dot, A-labels (RFC 5890), IPv6 addresses
 * compressed and without brackets. Whatever could be a second spelling of an address is refused.
 */
final class HostName {
    private static final int MAX_LABEL = 63;
    private static final String ACE_PREFIX = "xn--";
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*");

    /** What the last label of a number looks like to somebody: decimal, octal or hexadecimal (WHATWG URL, "ends in a number"). */
    private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");

    private HostName() {}

    /**
     * Reads a host.
     *
     * @param text one character an octet; octets past ASCII are UTF-8
     * @throws BadMessage 400
     */
    static String parse(String text) throws BadMessage {
        if (isPlain(text)) {
            return text;
        }
        if (text.startsWith("[")) {
            return address6(text);
        }
        String name = isAscii(text) ? text.toLowerCase(Locale.ROOT) : toAscii(utf8(text));
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.length() > NamePattern.MAX_LENGTH || !NAME.matcher(name).matches()) {
            throw new BadMessage(400, "the host is not a name");
        }
        refuseBadLabels(name);
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (NUMBER.matcher(last).matches() && !Addresses.isNumeric(name)) {
            throw new BadMessage(400, "the host is a number in an unusual form");
        }
        return name;
    }

    /**
     * Whether a host is in its one form as it stands, as nearly every host is: labels of lower-case letters, digits and inner hyphens, none
     * of them Punycode, the last beginning with a letter. What this says of a host is what the rest of this class says, only sooner.
     */
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length == 0 || length > NamePattern.MAX_LENGTH) {
            return false;
        }
        int label = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            if (c == '.') {
                if (i == label || i - label > MAX_LABEL || text.charAt(i - 1) == '-') {
                    return false;
                }
                label = i + 1;
            } else if (!letter && (c < '0' || c > '9') && (c != '-' || i == label)) {
                return false;
            } else if (c == 'x' && i == label && text.startsWith(ACE_PREFIX, i)) {
                return false;
            }
        }
        char last = label < length ? text.charAt(label) : '.';
        return last >= 'a' && last <= 'z' && length - label <= MAX_LABEL && text.charAt(length - 1) != '-';
    }

    private static void refuseBadLabels(String name) throws BadMessage {
        for (int start = 0; start < name.length(); ) {
            int dot = name.indexOf('.', start);
            int end = dot < 0 ? name.length() : dot;
            if (end - start > MAX_LABEL) {
                throw new BadMessage(400, "a label of the host is longer than " + MAX_LABEL + " octets");
            }
            if (name.startsWith(ACE_PREFIX, start)) {
                refuseBadAce(name.substring(start, end));
            }
            start = end + 1;
        }
    }

    /** An A-label must be what its own U-label encodes to, else two spellings stand for one name. */
    private static void refuseBadAce(String label) throws BadMessage {
        String unicode = IDN.toUnicode(label, IDN.ALLOW_UNASSIGNED);
        if (unicode.equals(label) || !toAscii(unicode).equals(label)) {
            throw new BadMessage(400, "a label of the host is not well-formed Punycode");
        }
    }

    private static String toAscii(String unicode) throws BadMessage {
        try {
            return IDN.toASCII(unicode, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notANameInAnyScript) {
            throw new BadMessage(400, "the host is not a name");
        }
    }

    private static String address6(String text) throws BadMessage {
        String inner = text.endsWith("]") ? text.substring(1, text.length() - 1) : "";
        if (inner.indexOf(':') < 0 || !Addresses.isNumeric(inner)) {
            throw new BadMessage(400, "the host is not an address");
        }
        try {
            return Addresses.text(
                    Addresses.parse(inner)); // an IPv4-mapped address comes out as the IPv4 address that it is
        } catch (IllegalArgumentException malformed) {
            throw new BadMessage(400, "the host is not an address");
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private static String utf8(String octets) throws BadMessage {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new BadMessage(400, "the host is neither ASCII nor UTF-8");
        }
    }
}
