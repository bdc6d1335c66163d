package kwangmyong.gateway.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The field lines of a head or trailer section, in order, as places in the bytes they came in: nothing is copied until somebody asks.
 * Values are trimmed of surrounding blanks, and hold no control character but tab.
 */
public final class Fields {
    private static final int SPAN = 4;
    private static final int FIRST_CAPACITY = 16;
    private static final Fields NONE = new Fields(new byte[0]);

    private final byte[] bytes;
    private int[] spans = new int[FIRST_CAPACITY * SPAN];
    private @Nullable FieldName[] names = new FieldName[FIRST_CAPACITY];
    private int size;

    private Fields(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Fields none() {
        return NONE;
    }

    /**
     * Reads field lines, each ended by CRLF, from {@code from} up to {@code to}.
     *
     * @throws BadMessage 400 for anything but {@code name ":" OWS value OWS} (RFC 9112 §5): no folding, no blank before the colon
     */
    static Fields parse(byte[] bytes, int from, int to) throws BadMessage {
        Fields fields = new Fields(bytes);
        int at = from;
        while (at < to) {
            at = fields.add(at, to);
        }
        return fields;
    }

    /**
     * The same without some, and with more.
     *
     * @param leftOut told each name in lower case
     * @param more well-formed lines, each with its CRLF
     */
    public Fields but(Predicate<String> leftOut, String more) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < size; i++) {
            if (!leftOut.test(name(i))) {
                lines.append(name(i)).append(": ").append(value(i)).append("\r\n");
            }
        }
        byte[] text = lines.append(more).toString().getBytes(StandardCharsets.ISO_8859_1);
        try {
            return parse(text, 0, text.length);
        } catch (BadMessage impossible) { // the lines were read before
            throw new IllegalStateException("fields that were read are none: " + impossible.why(), impossible);
        }
    }

    private int add(int lineStart, int to) throws BadMessage {
        int at = lineStart;
        if (Octets.isBlank(bytes[at])) {
            throw new BadMessage(400, "a field line is folded or begins with a blank");
        }
        while (at < to && Octets.isToken(bytes[at])) {
            at++;
        }
        if (at == lineStart || at >= to || bytes[at] != ':') {
            throw new BadMessage(400, "a field line does not begin with a name and a colon");
        }
        int nameEnd = at++;
        while (Octets.isBlank(bytes[at])) {
            at++;
        }
        int valueStart = at;
        while (at < to && Octets.isValue(bytes[at])) {
            at++;
        }
        if (at + 1 >= to || bytes[at] != Octets.CR || bytes[at + 1] != Octets.LF) {
            throw new BadMessage(400, "a field value holds a control character");
        }
        int valueEnd = at;
        while (valueEnd > valueStart && Octets.isBlank(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        keep(lineStart, nameEnd, valueStart, valueEnd);
        return at + 2;
    }

    private void keep(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            spans = Arrays.copyOf(spans, size * 2 * SPAN);
        }
        int at = size * SPAN;
        spans[at] = nameStart;
        spans[at + 1] = nameEnd;
        spans[at + 2] = valueStart;
        spans[at + 3] = valueEnd;
        names[size++] = FieldName.of(bytes, nameStart, nameEnd);
    }

    public int size() {
        return size;
    }

    /** Which of the names that matter the {@code i}th is; null for every other. */
    public @Nullable FieldName known(int i) {
        return names[i];
    }

    /** The {@code i}th name in lower case. */
    public String name(int i) {
        return Octets.text(bytes, spans[i * SPAN], spans[i * SPAN + 1]).toLowerCase(Locale.ROOT);
    }

    /** The {@code i}th value, one character an octet. */
    public String value(int i) {
        return Octets.text(bytes, spans[i * SPAN + 2], spans[i * SPAN + 3]);
    }

    /** How many lines have this name. */
    public int count(FieldName name) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (names[i] == name) {
                count++;
            }
        }
        return count;
    }

    /** The first value of a name, or null. */
    public @Nullable String first(FieldName name) {
        int i = indexOf(name);
        return i < 0 ? null : value(i);
    }

    /** Where the first line of a name stands; -1 without one. */
    public int indexOf(FieldName name) {
        for (int i = 0; i < size; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the {@code i}th value is this, an octet for a character. */
    public boolean is(int i, String value) {
        return is(i, value, 0, value.length());
    }

    /** Whether the {@code i}th value is the part of a text from {@code start} up to {@code end}, an octet for a character. */
    public boolean is(int i, String text, int start, int end) {
        int from = spans[i * SPAN + 2];
        if (spans[i * SPAN + 3] - from != end - start) {
            return false;
        }
        for (int at = 0; at < end - start; at++) {
            if ((bytes[from + at] & 0xff) != text.charAt(start + at)) {
                return false;
            }
        }
        return true;
    }

    /** The {@code i}th value as a number; -1 when it is empty or holds anything but digits, or more of them than {@code mostDigits} (18 at most). */
    long number(int i, int mostDigits) {
        int from = spans[i * SPAN + 2];
        int to = spans[i * SPAN + 3];
        if (from == to || to - from > mostDigits) {
            return -1;
        }
        long number = 0;
        for (int at = from; at < to; at++) {
            if (!Octets.isDigit(bytes[at])) {
                return -1;
            }
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }

    /** The values of every line of a name, given in lower case, as the one list that they are (RFC 9110 §5.3); empty without any. */
    public String all(String lowerName) {
        String all = "";
        for (int i = 0; i < size; i++) {
            if (spans[i * SPAN + 1] - spans[i * SPAN] == lowerName.length() && name(i).equals(lowerName)) {
                all = all.isEmpty() ? value(i) : all + ", " + value(i);
            }
        }
        return all;
    }

    /**
     * Whether a comma-separated list in any line of this name has a token, in any case.
     *
     * @param token in lower case
     */
    public boolean lists(FieldName name, String token) {
        for (int i = 0; i < size; i++) {
            if (names[i] == name && lists(spans[i * SPAN + 2], spans[i * SPAN + 3], token)) {
                return true;
            }
        }
        return false;
    }

    private boolean lists(int from, int to, String token) {
        int start = from;
        while (start <= to) {
            int comma = start;
            while (comma < to && bytes[comma] != ',') {
                comma++;
            }
            if (isItem(start, comma, token)) {
                return true;
            }
            start = comma + 1;
        }
        return false;
    }

    /** Whether what lies between two commas is a token, blanks around it aside. */
    private boolean isItem(int from, int to, String token) {
        int start = from;
        int end = to;
        while (start < end && Octets.isBlank(bytes[start])) {
            start++;
        }
        while (start < end && Octets.isBlank(bytes[end - 1])) {
            end--;
        }
        if (end - start != token.length()) {
            return false;
        }
        for (int at = 0; at < token.length(); at++) {
            if (Octets.lower(bytes[start + at]) != token.charAt(at)) {
                return false;
            }
        }
        return true;
    }

    /** Writes the {@code i}th line with its CRLF, its name as it came. */
    public void write(int i, ByteBuf out) {
        int at = i * SPAN;
        if (isUsual(at)) {
            out.writeBytes(bytes, spans[at], spans[at + 3] + 2 - spans[at]);
            return;
        }
        out.writeBytes(bytes, spans[at], spans[at + 1] - spans[at]);
        out.writeByte(':').writeByte(' ');
        out.writeBytes(bytes, spans[at + 2], spans[at + 3] - spans[at + 2]);
        out.writeByte(Octets.CR).writeByte(Octets.LF);
    }

    /** Writes the {@code i}th value. */
    public void writeValue(int i, ByteBuf out) {
        int from = spans[i * SPAN + 2];
        out.writeBytes(bytes, from, spans[i * SPAN + 3] - from);
    }

    /** Whether a line came as it is written: one space before its value, and no blank behind. */
    private boolean isUsual(int at) {
        return spans[at + 2] == spans[at + 1] + 2
                && bytes[spans[at + 1] + 1] == Octets.SPACE
                && bytes[spans[at + 3]] == Octets.CR;
    }
}
