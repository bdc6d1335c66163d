package kwangmyong.dns.zone;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import kwangmyong.dns.zone.MasterTokens.Token;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** What the words of an entry of a master file mean: names, times, types, and data in the form that dnsjava reads. */
final class EntryText {
    private static final Pattern TTL = Pattern.compile("(?:\\d+[smhdwSMHDW]?)+");

    private EntryText() {}

    /** Whether a word names a class that records can have. */
    static boolean isClass(String word) {
        int dnsClass = DClass.value(word);
        return dnsClass >= 0 && dnsClass != DClass.ANY && dnsClass != DClass.NONE;
    }

    /** The number of a type that a zone can hold. */
    static int type(String word) throws MalformedEntry {
        int type = Type.value(word);
        if (type < 0) {
            throw new MalformedEntry("'" + word + "' is not a record type");
        }
        if (!RecordType.isData(type)) {
            throw new MalformedEntry(word + " is not a type that a zone can hold");
        }
        return type;
    }

    /** Whether a word may be a TTL rather than a class or type. */
    static boolean isTtl(String word) {
        return TTL.matcher(word).matches();
    }

    /** In seconds. */
    static long ttl(String text) throws MalformedEntry {
        try {
            return org.xbill.DNS.TTL.parseTTL(text);
        } catch (NumberFormatException malformed) {
            throw new MalformedEntry("TTL: " + text + " (expected: 0-2147483647, or as 1h30m)");
        }
    }

    /** A name as it stands in an entry, under the origin where it is not absolute. */
    static Name name(Token token, Name origin) throws MalformedEntry {
        if (token.text().equals("@") && !token.quoted()) {
            return origin;
        }
        try {
            return Name.fromString(ascii(token.text()), origin);
        } catch (TextParseException | IllegalArgumentException malformed) {
            throw new MalformedEntry("'" + token.text() + "' is not a name: " + reason(malformed));
        }
    }

    /** The data as dnsjava reads it: one line, quotes as they were, nothing beyond ASCII. */
    static String data(List<Token> tokens, boolean isText) throws MalformedEntry {
        StringBuilder data = new StringBuilder();
        for (Token token : tokens) {
            if (data.length() > 0) {
                data.append(' ');
            }
            if (token.quoted()) {
                data.append('"').append(escaped(token.text())).append('"');
            } else {
                try {
                    data.append(isText ? escaped(token.text()) : ascii(token.text()));
                } catch (IllegalArgumentException malformed) {
                    throw new MalformedEntry("'" + token.text() + "' is not a name: " + reason(malformed));
                }
            }
        }
        return data.toString();
    }

    private static String ascii(String text) {
        return isAscii(text) ? text : IDN.toASCII(text);
    }

    private static String escaped(String text) {
        if (isAscii(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() * 4);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= 0) {
                escaped.append((char) octet);
            } else {
                escaped.append('\\').append(octet & 0xff); // three digits: all are above 127
            }
        }
        return escaped.toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** dnsjava's message without the name of the file that it does not know. */
    static String reason(Exception malformed) {
        String message = String.valueOf(malformed.getMessage());
        return message.replaceFirst("^<none>:\\d+: ", "").replaceFirst("^'.*' is not a name: ", "");
    }
}
