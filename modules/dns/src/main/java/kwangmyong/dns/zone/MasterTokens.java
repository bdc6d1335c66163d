package kwangmyong.dns.zone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a master file into entries (RFC 1035 §5.1): comments dropped, parentheses joined, quotes kept, escapes left for whoever
 * reads the data.
 */
final class MasterTokens {
    private final byte[] text;
    private int at;
    private int line = 1;

    /** @param text in UTF-8, whose octets beyond ASCII stand for none of the signs that matter here */
    MasterTokens(byte[] text) {
        this.text = text;
    }

    /** Where the next entry begins. */
    int position() {
        return at;
    }

    /** The line that the next entry begins on, from 1. */
    int line() {
        return line;
    }

    /** Goes on behind one line that was read otherwise. */
    void lineReadTo(int position) {
        at = position;
        line++;
    }

    /** One word of an entry; {@code quoted} tells {@code "@"} from {@code @}. */
    record Token(String text, boolean quoted) {}

    /**
     * One entry.
     *
     * @param ownerOmitted whether it begins with a blank, and so belongs to the last owner
     * @param line where it begins
     * @param fault what is wrong with it, null when nothing is
     */
    record Entry(
            List<Token> tokens,
            boolean ownerOmitted,
            int line,
            @Nullable String fault) {}

    /** The next entry that has any token; null at the end. */
    @Nullable
    Entry next() {
        while (at < text.length) {
            Entry entry = entry();
            if (!entry.tokens().isEmpty() || entry.fault() != null) {
                return entry;
            }
        }
        return null;
    }

    private Entry entry() {
        boolean ownerOmitted = isBlank(text[at]);
        List<Token> tokens = new ArrayList<>(8);
        String fault = null;
        int first = line;
        int depth = 0;
        while (at < text.length) {
            byte c = text[at];
            if (c == '\n') {
                line++;
                at++;
                if (depth == 0) {
                    break;
                }
            } else if (isBlank(c)) {
                at++;
            } else if (c == ';') {
                skipComment();
            } else if (c == '(') {
                depth++;
                at++;
            } else if (c == ')') {
                at++;
                if (--depth < 0) {
                    fault = "a closing parenthesis that nothing opened";
                    depth = 0;
                }
            } else {
                if (tokens.isEmpty()) {
                    first = line;
                }
                Token token = c == '"' ? quoted() : word();
                if (token == null) {
                    fault = "a quotation mark without its counterpart on the line";
                } else {
                    tokens.add(token);
                }
            }
        }
        if (depth > 0) {
            fault = "an opening parenthesis that nothing closes";
        }
        return new Entry(tokens, ownerOmitted, first, fault);
    }

    private void skipComment() {
        while (at < text.length && text[at] != '\n') {
            at++;
        }
    }

    private @Nullable Token quoted() {
        int from = ++at;
        while (at < text.length && text[at] != '\n') {
            byte c = text[at];
            if (c == '"') {
                return new Token(string(from, at++), true);
            }
            at += escapedLength(c);
        }
        return null;
    }

    private Token word() {
        int from = at;
        while (at < text.length && !endsWord(text[at])) {
            at += escapedLength(text[at]);
        }
        at = Math.min(at, text.length);
        return new Token(string(from, at), false);
    }

    private String string(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    /** A backslash takes the character behind it along, unless the line ends there. */
    private int escapedLength(byte c) {
        return c == '\\' && at + 1 < text.length && text[at + 1] != '\n' ? 2 : 1;
    }

    private static boolean endsWord(byte c) {
        return isBlank(c) || c == '\n' || c == ';' || c == '(' || c == ')' || c == '"';
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
