package kwangmyong.lab.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import kwangmyong.lab.yaml.Nearest;
import kwangmyong.lab.yaml.Place;
import org.jspecify.annotations.Nullable;

/**
 * A list of URLs to test, in the form of Citizen Lab's: CSV (RFC 4180) with a heading, of whose columns {@code url} and {@code category_code} count. It gives the
 * hosts of the URLs, each once; what a URL says behind its host is left out, since rules speak of names.
 */
final class TestList {
    private static final long MAX_BYTES = 64L << 20;
    private static final String URL = "url";
    private static final String CATEGORY = "category_code";

    private final Path file;
    private final Value from;
    private final List<Value> categories;
    private final Set<String> wanted = new HashSet<>();
    private final Set<String> known = new TreeSet<>();
    private final Set<String> given = new HashSet<>();

    private TestList(Path file, Value from, List<Value> categories) {
        this.file = file;
        this.from = from;
        this.categories = categories;
        categories.forEach(category -> wanted.add(category.text().toUpperCase(Locale.ROOT)));
    }

    /** Whether a file is read as such a list: its name says so. */
    static boolean isOne(Value path) {
        return path.text().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    /**
     * Gives {@code to} every host of the list that {@code path} names, each with its place; a file that cannot be read is a fault.
     *
     * @param categories whose URLs are wanted, as {@code NEWS}; of every category when empty
     */
    static void read(Value path, List<Value> categories, Consumer<Value> to) {
        try {
            Path file = path.place().resolve(path.text());
            if (!Files.isRegularFile(file)) {
                path.refuse("is no file: " + file);
            } else if (Files.size(file) > MAX_BYTES) {
                path.refuse("is longer than " + (MAX_BYTES >> 20) + " MiB");
            } else {
                new TestList(file, path, categories).read(Files.readString(file, StandardCharsets.UTF_8), to);
            }
        } catch (InvalidPathException notAPath) {
            path.refuse("is not a path");
        } catch (CharacterCodingException notText) {
            path.refuse("is not UTF-8");
        } catch (IOException unreadable) {
            path.refuse("cannot be read");
        }
    }

    private void read(String text, Consumer<Value> to) {
        CsvRecords records = new CsvRecords(text.startsWith("\ufeff") ? text.substring(1) : text);
        List<String> heading = records.next();
        int url = heading == null ? -1 : heading.indexOf(URL);
        int category = heading == null ? -1 : heading.indexOf(CATEGORY);
        if (heading == null || url < 0 || category < 0) {
            fault(1, "", "is no list of URLs to test (expected: a first line with the columns url and category_code)");
            return;
        }
        for (List<String> fields = records.next(); fields != null; fields = records.next()) {
            boolean isEmpty = fields.size() == 1 && fields.get(0).isBlank();
            if (fields.size() == heading.size()) {
                take(fields.get(url), fields.get(category), records.line(), to);
            } else if (!isEmpty) {
                fault(records.line(), "", "has " + fields.size() + " fields (expected: " + heading.size() + ")");
            }
        }
        if (records.isOpen()) {
            fault(records.line(), "", "has a quotation mark that nothing closes");
        }
        for (Value asked : categories) {
            if (!known.contains(asked.text().toUpperCase(Locale.ROOT))) {
                asked.refuse("is no category of " + from.text() + Nearest.hint(asked.text(), known));
            }
        }
    }

    private void take(String url, String category, int line, Consumer<Value> to) {
        String code = category.strip().toUpperCase(Locale.ROOT);
        known.add(code);
        if (!wanted.isEmpty() && !wanted.contains(code)) {
            return;
        }
        String host = host(url.strip());
        if (host.isEmpty()) {
            fault(line, url, "is no URL with a host");
        } else if (given.add(host)) {
            to.accept(new Value(host, new Place(file, line, 1), from.path(), from.faults()));
        }
    }

    /** The host of a URL, or of what people write for one; empty without one. */
    private static String host(String url) {
        int scheme = url.indexOf("://");
        String rest = scheme < 0 ? url : url.substring(scheme + 3);
        String authority = rest.split("[/?#]", 2)[0];
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? "" : host.substring(1, end);
        }
        return host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    }

    private void fault(int line, String what, String why) {
        String shown = what.length() <= 80 ? what : what.substring(0, 80) + "…";
        from.faults().add(new Place(file, line, 1), from.path(), (what.isEmpty() ? "" : "'" + shown + "' ") + why);
    }

    /** The records of a CSV text, one after the other; a field in quotation marks may hold commas and line ends. */
    private static final class CsvRecords {
        private final String text;
        private int at;
        private int nextLine = 1;
        private int line = 1;
        private boolean isOpen;

        CsvRecords(String text) {
            this.text = text;
        }

        /** Where the record given last begins, from 1. */
        int line() {
            return line;
        }

        /** Whether the text ended within quotation marks. */
        boolean isOpen() {
            return isOpen;
        }

        /** Null when there is none. */
        @Nullable
        List<String> next() {
            if (at >= text.length()) {
                return null;
            }
            line = nextLine;
            List<String> fields = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean quoted = false;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '\n') {
                    nextLine++;
                }
                if (quoted) {
                    if (c != '"') {
                        field.append(c);
                    } else if (at < text.length() && text.charAt(at) == '"') {
                        field.append(text.charAt(at++));
                    } else {
                        quoted = false;
                    }
                } else if (c == '"' && field.length() == 0) {
                    quoted = true;
                } else if (c == ',') {
                    fields.add(field.toString());
                    field.setLength(0);
                } else if (c == '\n') {
                    break;
                } else if (c != '\r') {
                    field.append(c);
                }
            }
            isOpen = quoted;
            fields.add(field.toString());
            return fields;
        }
    }
}
