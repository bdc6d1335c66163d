package kwangmyong.dns.zone;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of a master file when it is of the kind that large zones are made of: an owner or none, perhaps a TTL in seconds and the
 * class, one of the usual types, simple data, no parentheses, escapes or other niceties. Whatever else stands there is no fault but somebody
 * else's to read. Straight from octets to octets.
 */
final class PlainLine {
    private static final int MAX_TOKENS = 6;
    private static final int MAX_TEXT = 255;

    private final byte[] text;
    private final int[] starts = new int[MAX_TOKENS];
    private final int[] ends = new int[MAX_TOKENS];
    private final byte[] scratch = new byte[DomainName.MAX_LENGTH + 1];
    private int tokens;
    private int end;
    private byte[] owner = {};
    private int ttl;
    private int type;
    private byte[] data = {};

    PlainLine(byte[] text) {
        this.text = text;
    }

    /**
     * Reads the line that begins at {@code from}.
     *
     * @param origin of names that are not absolute, as on the wire
     * @param last the owner of the record before, for a line that names none
     * @return whether it was such a line; if so, what it says is in the accessors until the next call
     */
    boolean read(int from, byte[] origin, byte @Nullable [] last) {
        if (from >= text.length || !split(from)) {
            return false;
        }
        int at = 0;
        byte[] named = last;
        if (!isBlank(text[from])) {
            named = name(at++, origin);
        }
        if (named == null || !header(at)) {
            return false;
        }
        byte[] read = data(tokens - 1, origin);
        if (read == null) {
            return false;
        }
        owner = named;
        data = read;
        return true;
    }

    /** Finds the tokens of the line. */
    private boolean split(int from) {
        tokens = 0;
        int at = from;
        while (at < text.length && text[at] != '\n') {
            byte c = text[at];
            if (isBlank(c)) {
                at++;
                continue;
            }
            if (c == ';') {
                at = endOfLine(at);
                break;
            }
            if (tokens == MAX_TOKENS) {
                return false;
            }
            int start = at;
            boolean quoted = c == '"';
            at++;
            while (at < text.length && text[at] != '\n' && (quoted ? text[at] != '"' : !isBlank(text[at]))) {
                at++;
            }
            if (quoted) {
                if (at == text.length || text[at] != '"') {
                    return false;
                }
                at++;
                if (at < text.length && text[at] != '\n' && !isBlank(text[at])) {
                    return false;
                }
            }
            starts[tokens] = start;
            ends[tokens++] = at;
        }
        end = Math.min(at + 1, text.length);
        return tokens >= 2;
    }

    private int endOfLine(int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return at;
    }

    /** TTL, class and type from token {@code first} on; one token, or two for MX, must be left behind them. */
    private boolean header(int first) {
        int at = first;
        ttl = -1;
        boolean classGiven = false;
        while (at < tokens) {
            if (ttl < 0 && Figures.isDigit(text[starts[at]])) {
                ttl = Figures.number(text, starts[at], ends[at]);
                if (ttl < 0) {
                    return false;
                }
            } else if (!classGiven && is(at, "IN")) {
                classGiven = true;
            } else {
                break;
            }
            at++;
        }
        if (at >= tokens) {
            return false;
        }
        type = typeOf(at);
        return type != 0 && tokens - at == (type == RecordType.MX ? 3 : 2);
    }

    private int typeOf(int token) {
        if (is(token, "A")) {
            return RecordType.A;
        }
        if (is(token, "AAAA")) {
            return RecordType.AAAA;
        }
        if (is(token, "NS")) {
            return RecordType.NS;
        }
        if (is(token, "CNAME")) {
            return RecordType.CNAME;
        }
        if (is(token, "MX")) {
            return RecordType.MX;
        }
        if (is(token, "TXT")) {
            return RecordType.TXT;
        }
        return is(token, "PTR") ? RecordType.PTR : 0;
    }

    private boolean is(int token, String word) {
        int start = starts[token];
        if (ends[token] - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((text[start + i] & ~0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private byte @Nullable [] data(int token, byte[] origin) {
        return switch (type) {
            case RecordType.A -> Figures.address4(text, starts[token], ends[token]);
            case RecordType.AAAA -> Figures.address6(text, starts[token], ends[token]);
            case RecordType.TXT -> characters(starts[token], ends[token]);
            case RecordType.MX -> exchange(token, origin);
            default -> name(token, origin);
        };
    }

    private byte @Nullable [] exchange(int token, byte[] origin) {
        int preference = Figures.number(text, starts[token - 1], ends[token - 1]);
        byte[] host = name(token, origin);
        if (preference < 0 || preference > 0xffff || host == null) {
            return null;
        }
        byte[] exchange = new byte[2 + host.length];
        exchange[0] = (byte) (preference >> 8);
        exchange[1] = (byte) preference;
        System.arraycopy(host, 0, exchange, 2, host.length);
        return exchange;
    }

    /** One quoted string without escapes. */
    private byte @Nullable [] characters(int from, int to) {
        int length = to - from - 2;
        if (text[from] != '"' || length < 0 || length > MAX_TEXT) {
            return null;
        }
        byte[] characters = new byte[1 + length];
        characters[0] = (byte) length;
        for (int i = 0; i < length; i++) {
            byte c = text[from + 1 + i];
            if (c < ' ' || c == '\\' || c == 0x7f) {
                return null;
            }
            characters[1 + i] = c;
        }
        return characters;
    }

    /** A name of letters, digits, hyphens, underscores and stars. */
    private byte @Nullable [] name(int token, byte[] origin) {
        int from = starts[token];
        int to = ends[token];
        if (to - from == 1 && text[from] == '@') {
            return origin;
        }
        if (to - from >= DomainName.MAX_LENGTH) {
            return null;
        }
        int labelAt = 0;
        int at = 1;
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (c == '.') {
                if (!closed(labelAt, at)) {
                    return null;
                }
                labelAt = at++;
            } else if (isPlain(c)) {
                scratch[at++] = c;
            } else {
                return null;
            }
        }
        if (labelAt == at - 1) { // it ended with a dot and so is absolute
            if (at == 1 || at > DomainName.MAX_LENGTH) {
                return null;
            }
            scratch[labelAt] = 0;
            return Arrays.copyOf(scratch, at);
        }
        if (!closed(labelAt, at) || at + origin.length > DomainName.MAX_LENGTH) {
            return null;
        }
        byte[] name = Arrays.copyOf(scratch, at + origin.length);
        System.arraycopy(origin, 0, name, at, origin.length);
        return name;
    }

    /** Gives the label that begins at {@code labelAt} its length, if that is one. */
    private boolean closed(int labelAt, int at) {
        int length = at - labelAt - 1;
        scratch[labelAt] = (byte) length;
        return length > 0 && length <= DomainName.MAX_LABEL;
    }

    private static boolean isPlain(byte c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || Figures.isDigit(c)
                || c == '-'
                || c == '_'
                || c == '*';
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    byte[] owner() {
        return owner;
    }

    /** In seconds; -1 where the line gives none. */
    int ttl() {
        return ttl;
    }

    int type() {
        return type;
    }

    byte[] data() {
        return data;
    }

    /** Where the next line begins. */
    int end() {
        return end;
    }
}
