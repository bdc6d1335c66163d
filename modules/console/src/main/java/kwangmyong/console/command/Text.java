package kwangmyong.console.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;

/** Text as a terminal shows it: what came from the network cannot move the cursor, and Hangul takes two columns. */
public final class Text {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private Text() {}

    /** Replaces whatever would change the terminal instead of being shown; a dash for null. */
    public static String shown(@Nullable String text) {
        if (text == null) {
            return "-";
        }
        var safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isShown(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(String.format("\\u{%x}", c));
            }
        });
        return safe.toString();
    }

    private static boolean isShown(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    /** Columns that {@code text} takes. */
    static int width(String text) {
        return text.codePoints().map(Text::width).sum();
    }

    private static int width(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /** Cuts to {@code columns}, an ellipsis in place of the rest. */
    static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        var kept = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            used += width(c);
            if (used > columns - 1) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.append('…').toString();
    }

    /** Filled up with spaces. */
    public static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /** Date and time of day; a dash for null. */
    public static String time(@Nullable Instant time, ZoneId zone) {
        return time == null ? "-" : TIME.format(time.atZone(zone));
    }
}
