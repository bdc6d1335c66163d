package kwangmyong.bench.result;

/** How text is shown that whoever is at the other end of a network, or a program, may have chosen: on a page, and on a terminal, which it could steer. */
public final class Visible {
    private Visible() {}

    /**
     * Text in which nothing hides: control characters, marks that turn the direction of writing, invisible ones and halves of surrogate pairs appear
     * as escapes, as in the journal.
     */
    public static String text(String text) {
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

    /** As {@link #text}, in one line. */
    public static String line(String text) {
        return text(text).replace("\n", "\\n").replace("\t", "\\t");
    }
}
