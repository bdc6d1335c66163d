package kwangmyong.access.api;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one field of a line has to be.
 *
 * @param field one of {@link JournalEntry#FIELDS} or {@link JournalEntry#DERIVED}
 * @param values any of which fits, or none of which may where the comparison says not; an empty one is that of a line without the field
 */
public record JournalMatch(String field, Comparison comparison, List<String> values) {
    /** How a field is compared. The order is that of parsing: longer signs first. */
    public enum Comparison {
        IS_NOT("!="),
        NOT_LIKE("!~"),
        AT_LEAST(">="),
        AT_MOST("<="),
        IS("="),
        /** With {@code *} for any run of characters and {@code ?} for one. */
        LIKE("~"),
        MORE(">"),
        LESS("<");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        /** Whether it asks of numbers. */
        public boolean isOfNumbers() {
            return this == AT_LEAST || this == AT_MOST || this == MORE || this == LESS;
        }
    }

    private static final List<String> NUMBERS = List.of("seq", "count", "elapsed_us");
    private static final int MAX_VALUES = 1_000;

    public JournalMatch {
        values = List.copyOf(values);
        if (!JournalEntry.FIELDS.contains(field) && !JournalEntry.DERIVED.contains(field)) {
            throw new IllegalArgumentException("'" + field + "' is not a field of the journal (expected: "
                    + Stream.concat(JournalEntry.FIELDS.stream(), JournalEntry.DERIVED.stream())
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        if (values.isEmpty() || values.size() > MAX_VALUES) {
            throw new IllegalArgumentException(
                    field + ": " + values.size() + " values (expected: 1-" + MAX_VALUES + ")");
        }
        if (comparison.isOfNumbers()) {
            requireNumber(field, values);
        }
    }

    private static void requireNumber(String field, List<String> values) {
        if (!NUMBERS.contains(field)) {
            throw new IllegalArgumentException("'" + field + "' is not a number (numbers are: "
                    + String.join(", ", NUMBERS) + "; times go by since and until)");
        }
        if (values.size() != 1 || !values.get(0).matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(field + ": '" + String.join(",", values) + "' (expected: one number)");
        }
    }

    /**
     * Reads {@code verdict=deny}, {@code service!=dns}, {@code host~*.kp}, {@code code=port,clearance}, {@code elapsed_us>1000}. A comma divides
     * values; a backslash before it takes it as it is.
     *
     * @throws IllegalArgumentException when it is of no such form, or names no field
     */
    public static JournalMatch parse(String text) {
        int end = 0;
        while (end < text.length() && "=!~<>".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        for (Comparison comparison : Comparison.values()) {
            if (text.startsWith(comparison.sign, end)) {
                String rest = text.substring(end + comparison.sign.length()).strip();
                return new JournalMatch(
                        text.substring(0, end).strip(),
                        comparison,
                        comparison.isOfNumbers() ? List.of(rest) : split(rest));
            }
        }
        throw new IllegalArgumentException(
                "'" + text
                        + "' is not of the form FIELD=VALUE (or with != for not, ~ and !~ for a pattern with *, >= and <= for a number)");
    }

    private static List<String> split(String text) {
        var values = new ArrayList<String>();
        var value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && (text.charAt(i + 1) == ',' || text.charAt(i + 1) == '\\')) {
                value.append(text.charAt(++i));
            } else if (c == ',') {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString().strip());
        return values;
    }

    /** Whether the field of {@code entry} is as it has to be. */
    public boolean matches(JournalEntry entry) {
        return fits(entry.get(field));
    }

    /**
     * Whether the field is as it has to be where it says {@code found}.
     *
     * @param found null for a line that does not have it
     */
    public boolean fits(@Nullable String found) {
        return switch (comparison) {
            case IS -> isAny(found);
            case IS_NOT -> !isAny(found);
            case LIKE -> isLikeAny(found);
            case NOT_LIKE -> !isLikeAny(found);
            case AT_LEAST, AT_MOST, MORE, LESS -> compares(found);
        };
    }

    private boolean isAny(@Nullable String found) {
        return values.contains(found == null ? "" : found);
    }

    private boolean isLikeAny(@Nullable String found) {
        String text = found == null ? "" : found;
        for (String pattern : values) {
            if (isLike(pattern, text)) {
                return true;
            }
        }
        return false;
    }

    private boolean compares(@Nullable String found) {
        String text = found == null && field.equals("count") ? "1" : found;
        if (text == null || !text.matches("[0-9]{1,18}")) {
            return false;
        }
        int sign = Long.compare(Long.parseLong(text), Long.parseLong(values.get(0)));
        return switch (comparison) {
            case AT_LEAST -> sign >= 0;
            case AT_MOST -> sign <= 0;
            case MORE -> sign > 0;
            default -> sign < 0;
        };
    }

    /** Whether all of {@code text} is as {@code pattern}; costs at most the product of their lengths. */
    private static boolean isLike(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return field
                + comparison.sign
                + values.stream()
                        .map(value -> value.replace("\\", "\\\\").replace(",", "\\,"))
                        .collect(Collectors.joining(","));
    }
}
