package kwangmyong.gateway.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Locale;
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
        for (int i = 0; i < size; i++) {
            if (names[i] == name) {
                return value(i);
            }
        }
        return null;
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

    /** Whether a comma-separated list in any line of this name has {@code token}, in any case. */
    public boolean lists(FieldName name, String token) {
        for (int i = 0; i < size; i++) {
            if (names[i] == name) {
                for (String item : value(i).split(",", -1)) {
                    if (item.strip().equalsIgnoreCase(token)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Writes the {@code i}th line with its CRLF, its name as it came. */
    public void write(int i, ByteBuf out) {
        int at = i * SPAN;
        out.writeBytes(bytes, spans[at], spans[at + 1] - spans[at]);
        out.writeByte(':').writeByte(' ');
        out.writeBytes(bytes, spans[at + 2], spans[at + 3] - spans[at + 2]);
        out.writeByte(Octets.CR).writeByte(Octets.LF);
    }
}
