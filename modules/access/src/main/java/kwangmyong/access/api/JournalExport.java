package kwangmyong.access.api;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes lines as a file for other programs, one after another: whatever their number, one is held. */
public final class JournalExport {
    /** The form of a file. */
    public enum Form {
        /** <a href="https://jsonlines.org/">JSON Lines</a>, each as {@link JournalEntry#jsonWithProcess} gives it. */
        JSON_LINES("application/jsonl", "jsonl"),
        /** RFC 4180, a header first. What a spreadsheet would take for a formula begins with an apostrophe. */
        CSV("text/csv; charset=utf-8; header=present", "csv");

        private final String mediaType;
        private final String ending;

        Form(String mediaType, String ending) {
            this.mediaType = mediaType;
            this.ending = ending;
        }

        public String mediaType() {
            return mediaType;
        }

        /** Of a file's name, without its dot. */
        public String ending() {
            return ending;
        }
    }

    private static final List<String> COLUMNS =
            Stream.concat(Stream.of("process"), JournalEntry.FIELDS.stream()).toList();

    private final Form form;
    private final Appendable out;

    /** Writes to {@code out}, which stays open, and begins with a header where the form has one. */
    public JournalExport(Form form, Appendable out) throws IOException {
        this.form = form;
        this.out = out;
        if (form == Form.CSV) {
            out.append(String.join(",", COLUMNS)).append("\r\n");
        }
    }

    public void write(JournalEntry entry) throws IOException {
        if (form == Form.JSON_LINES) {
            out.append(entry.jsonWithProcess()).append('\n');
            return;
        }
        for (int i = 0; i < COLUMNS.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            cell(entry.get(COLUMNS.get(i)));
        }
        out.append("\r\n");
    }

    private void cell(@Nullable String value) throws IOException {
        if (value == null || value.isEmpty()) {
            return;
        }
        String safe = "=+-@\t\r".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        out.append(plain ? safe : '"' + safe.replace("\"", "\"\"") + '"');
    }
}
