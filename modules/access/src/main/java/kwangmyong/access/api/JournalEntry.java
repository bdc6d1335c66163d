package kwangmyong.access.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal, read back.
 *
 * @param process whose chain it is in: {@value #LAB}, or a service that runs as a process of its own
 * @param json the line as it stands, without its line end
 * @param fields its members in order; numbers as their text; those that are null are left out
 */
public record JournalEntry(String process, String json, Map<String, String> fields) {
    /** The lab's own process. */
    public static final String LAB = "lab";

    /** Every field that a line may have, in order of writing. */
    public static final List<String> FIELDS = List.of(
            "seq",
            "time",
            "id",
            "prev",
            "service",
            "subject",
            "terminal",
            "attachment",
            "action",
            "resource",
            "verdict",
            "rule",
            "reason",
            "code",
            "needed",
            "held",
            "presentation",
            "policy",
            "detail",
            "count",
            "elapsed_us");

    /** What no line says in so many words, and queries may ask all the same: whose chain, and the host that the resource is of. */
    public static final List<String> DERIVED = List.of("process", "host");

    private static final Pattern PROCESS = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    public JournalEntry {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A line of the lab's own chain. */
    public JournalEntry(String json, Map<String, String> fields) {
        this(LAB, json, fields);
    }

    /** Whether a process may be called so: lower-case letters, digits, dots, dashes and underscores, 64 at most. */
    public static boolean isProcess(String name) {
        return PROCESS.matcher(name).matches();
    }

    /** A field's text, or that of a derived one; null when the line has none. */
    public @Nullable String get(String field) {
        return switch (field) {
            case "process" -> process;
            case "host" -> ResourceHost.of(fields.get("resource"));
            default -> fields.get(field);
        };
    }

    /** Its number in its chain; 0 when somebody altered it until it has none. */
    public long seq() {
        return number("seq", 0);
    }

    /** How many events the line stands for. */
    public long count() {
        return number("count", 1);
    }

    private long number(String field, long otherwise) {
        String text = fields.get(field);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException altered) {
            return otherwise; // whoever altered the line is told of by a check of the chain
        }
    }

    /** The line as one JSON object that says whose chain it is in: the line as it stands for the lab's own, one with a first member {@code process} for others. */
    public String jsonWithProcess() {
        return process.equals(LAB) || !json.startsWith("{")
                ? json
                : "{\"process\":\"" + process + "\"," + json.substring(1);
    }
}
