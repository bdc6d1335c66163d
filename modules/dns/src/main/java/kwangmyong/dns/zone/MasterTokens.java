package kwangmyong.dns.zone;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a master file into entries (RFC 1035 §5.1): comments dropped, parentheses joined, quotes kept, escapes left for whoever
 * reads the data.
 */
final class MasterTokens {
    private final String text;
    private int at;
    private int line = 1;

    MasterTokens(String text) {
        this.text = text;
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
        while (at < text.length()) {
            Entry entry = entry();
            if (!entry.tokens().isEmpty() || entry.fault() != null) {
                return entry;
            }
        }
        return null;
    }

    private Entry entry() {
        boolean ownerOmitted = isBlank(text.charAt(at));
        List<Token> tokens = new ArrayList<>(8);
        String fault = null;
        int first = line;
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
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
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private @Nullable Token quoted() {
        int from = ++at;
        while (at < text.length() && text.charAt(at) != '\n') {
            char c = text.charAt(at);
            if (c == '"') {
                return new Token(text.substring(from, at++), true);
            }
            at += escapedLength(c);
        }
        return null;
    }

    private Token word() {
        int from = at;
        while (at < text.length() && !endsWord(text.charAt(at))) {
            at += escapedLength(text.charAt(at));
        }
        at = Math.min(at, text.length());
        return new Token(text.substring(from, at), false);
    }

    /** A backslash takes the character behind it along, unless the line ends there. */
    private int escapedLength(char c) {
        return c == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n' ? 2 : 1;
    }

    private static boolean endsWord(char c) {
        return isBlank(c) || c == '\n' || c == ';' || c == '(' || c == ')' || c == '"';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
