package kwangmyong.access.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import kwangmyong.access.api.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * Where each field of one line is, found by a single pass over its bytes. Knows the form that the lab writes, and says so of any other; that is for the
 * {@link EntryParser} to read.
 *
 * <p>Not safe for threads.
 */
final class LineFields {
    static final int SEQ = field("seq");
    static final int TIME = field("time");
    static final int SUBJECT = field("subject");
    static final int TERMINAL = field("terminal");
    static final int RESOURCE = field("resource");
    static final int VERDICT = field("verdict");

    private static final List<String> NAMES = JournalEntry.FIELDS;
    private static final byte[][] KEYS = NAMES.stream()
            .map(name -> ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final int[] from = new int[NAMES.size()];
    private final int[] to = new int[NAMES.size()];
    private final boolean[] escaped = new boolean[NAMES.size()];
    private byte[] line = {};

    /** The place of a field among all; -1 of what is none. */
    static int field(String name) {
        return JournalEntry.FIELDS.indexOf(name);
    }

    /** Reads the line in {@code [start, end)}, without its line end; false when it has not the form that the lab writes. */
    boolean read(byte[] bytes, int start, int end) {
        line = bytes;
        Arrays.fill(from, -1);
        if (end - start < 2 || bytes[start] != '{' || bytes[end - 1] != '}') {
            return false;
        }
        int at = start + 1;
        int next = 0;
        while (true) {
            int field = next;
            while (field < KEYS.length && !has(KEYS[field], at, end)) {
                field++;
            }
            if (field == KEYS.length) {
                return false;
            }
            at = value(field, at + KEYS[field].length, end - 1);
            if (at < 0) {
                return false;
            } else if (at == end - 1) {
                return true;
            } else if (line[at] != ',') {
                return false;
            }
            at++;
            next = field + 1;
        }
    }

    /** Notes the value that begins at {@code at}; says where it ends, or -1. */
    private int value(int field, int at, int end) {
        if (at >= end) {
            return -1;
        }
        if (line[at] == '"') {
            return string(field, at + 1, end);
        }
        if (has(NULL, at, end)) {
            return at + NULL.length;
        }
        int digit = at;
        while (digit < end && line[digit] >= '0' && line[digit] <= '9') {
            digit++;
        }
        escaped[field] = false;
        from[field] = at;
        to[field] = digit;
        return digit > at ? digit : -1;
    }

    private int string(int field, int begin, int end) {
        int at = begin;
        boolean escape = false;
        while (at < end) {
            byte b = line[at];
            if (b == '"') {
                from[field] = begin;
                to[field] = at;
                escaped[field] = escape;
                return at + 1;
            } else if (b == '\\') {
                escape = true;
                at++;
            } else if (b >= 0 && b < ' ') {
                return -1;
            }
            at++;
        }
        return -1;
    }

    private boolean has(byte[] text, int at, int end) {
        return at + text.length <= end && Arrays.equals(line, at, at + text.length, text, 0, text.length);
    }

    /** Whether the line says nothing of a field, or null. */
    boolean isAbsent(int field) {
        return from[field] < 0;
    }

    /** Where a field's text begins in the line, as it is written there; of no meaning for one that is absent. */
    int from(int field) {
        return from[field];
    }

    int to(int field) {
        return to[field];
    }

    /** Whether a field's text is written as {@code text}; an absent one is written as nothing. */
    boolean is(int field, byte[] text) {
        return isAbsent(field) ? text.length == 0 : Arrays.equals(line, from[field], to[field], text, 0, text.length);
    }

    /** A field's text; null when the line has none. */
    @Nullable
    String text(int field) {
        if (isAbsent(field)) {
            return null;
        }
        String written = new String(line, from[field], to[field] - from[field], StandardCharsets.UTF_8);
        return escaped[field] ? EntryParser.unescape(written) : written;
    }
}
