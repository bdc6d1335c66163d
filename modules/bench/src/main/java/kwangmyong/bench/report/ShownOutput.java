package kwangmyong.bench.report;

import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/**
 * Where templates write: everything that comes from a value is made visible first, then escaped for its place in the page. Results hold names, last
 * words of programs and journal lines, which whoever is at the other end of a network may have chosen.
 */
final class ShownOutput extends OwaspHtmlTemplateOutput {
    ShownOutput(TemplateOutput page) {
        super(page);
    }

    /**
     * Text in which nothing hides: control characters, marks that turn the direction of writing, invisible ones and halves of surrogate pairs appear
     * as escapes, as in the journal.
     */
    static String visible(String text) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (hides(c)) {
                if (shown == null) {
                    shown = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                shown.append(String.format("\\u%04x", c));
            } else if (shown != null) {
                shown.appendCodePoint(c);
            }
            if (Character.isSupplementaryCodePoint(c)) {
                i++;
            }
        }
        return shown == null ? text : shown.toString();
    }

    private static boolean hides(int c) {
        if (c == '\n' || c == '\t') {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE;
    }

    @Override
    public void writeUserContent(@Nullable String value) {
        super.writeUserContent(value == null ? null : visible(value));
    }
}
