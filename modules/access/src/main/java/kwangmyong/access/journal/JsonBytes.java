package kwangmyong.access.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) as UTF-8 bytes that grow as needed. Beside what the format demands, everything is escaped that could change how a
 * terminal shows a line: C1 controls, line separators, and marks that turn the direction of writing. Half a surrogate pair is escaped too,
 * so that the bytes are always valid UTF-8.
 */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_BYTES_OF_ONE_CHARACTER = 6;

    private byte[] bytes = new byte[1 << 16];
    private int length;

    int length() {
        return length;
    }

    byte[] array() {
        return bytes;
    }

    ByteBuffer asBuffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    /** Forgets all past the first {@code newLength} bytes. */
    void cut(int newLength) {
        length = newLength;
    }

    /** Appends characters below 128 as they are. */
    JsonBytes raw(String ascii) {
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /** Appends bytes that {@link #copyFrom} gave. */
    JsonBytes raw(byte[] ready) {
        room(ready.length);
        System.arraycopy(ready, 0, bytes, length, ready.length);
        length += ready.length;
        return this;
    }

    /** What was appended since the length was {@code from}. */
    byte[] copyFrom(int from) {
        return Arrays.copyOfRange(bytes, from, length);
    }

    JsonBytes number(long value) {
        return raw(Long.toString(value));
    }

    /** Appends {@code "text"} or {@code null}; of more than {@code max} characters the rest is counted instead of written. */
    JsonBytes text(@Nullable String text, int max) {
        if (text == null) {
            return raw("null");
        }
        raw("\"");
        int end = Math.min(text.length(), max);
        room(end * MOST_BYTES_OF_ONE_CHARACTER);
        int i = 0;
        while (i < end) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                supplementary(Character.toCodePoint(c, text.charAt(i + 1)));
                i += 2;
            } else {
                character(c);
                i++;
            }
        }
        if (end < text.length()) {
            room(MOST_BYTES_OF_ONE_CHARACTER);
            character('…');
            raw("(+").number(text.length() - (long) end).raw(")");
        }
        return raw("\"");
    }

    private void character(char c) {
        if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (isEscaped(c)) {
            escape(c);
        } else if (c < 0x80) {
            bytes[length++] = (byte) c;
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | (c >> 6));
            bytes[length++] = (byte) (0x80 | (c & 0x3f));
        } else {
            bytes[length++] = (byte) (0xe0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
            bytes[length++] = (byte) (0x80 | (c & 0x3f));
        }
    }

    private static boolean isEscaped(char c) {
        if (c < 0x7f) {
            return c < 0x20;
        }
        return c < 0xa0
                || (c >= 0x200e && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x61c
                || c == 0xfeff
                || Character.isSurrogate(c);
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(c >> shift) & 0xf];
        }
    }

    private void supplementary(int codePoint) {
        bytes[length++] = (byte) (0xf0 | (codePoint >> 18));
        bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
        bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (codePoint & 0x3f));
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
