package kwangmyong.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kwangmyong.api.Problem.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a value looks like: checks what comes, and describes itself as JSON Schema (draft 2020-12). */
sealed interface Shape
        permits Shape.Text,
                Shape.Whole,
                Shape.Fraction,
                Shape.Flag,
                Shape.Written,
                Shape.Choice,
                Shape.Many,
                Shape.Named,
                Shape.Line,
                Thing {
    /** As JSON Schema. */
    Map<String, Object> schema();

    /** Adds what is wrong with {@code node} at {@code pointer}; everything is with what comes in answers only. */
    default void check(JsonNode node, String pointer, List<Fault> faults) {
        refuse(faults, pointer, "nothing of this kind");
    }

    /**
     * Reads a parameter.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    default Object read(String text) {
        throw new IllegalArgumentException("no parameter has this shape");
    }

    static void refuse(List<Fault> faults, String pointer, String expected) {
        faults.add(new Fault("pointer", pointer, "expected: " + expected));
    }

    static Map<String, Object> type(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }

    /**
     * A text.
     *
     * @param max in characters; 0 without a limit
     */
    record Text(int max) implements Shape {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = type("string");
            if (max > 0) {
                schema.put("maxLength", max);
            }
            return schema;
        }

        @Override
        public void check(JsonNode node, String pointer, List<Fault> faults) {
            if (!node.isString() || (max > 0 && node.stringValue().length() > max)) {
                refuse(faults, pointer, "a text of at most " + max + " characters");
            }
        }

        @Override
        public Object read(String text) {
            if (max > 0 && text.length() > max) {
                throw new IllegalArgumentException("expected: at most " + max + " characters");
            }
            return text;
        }
    }

    /** A whole number. */
    record Whole(long min, long max) implements Shape {
        private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = type("integer");
            if (min != Long.MIN_VALUE) {
                schema.put("minimum", min);
                schema.put("maximum", max);
            }
            return schema;
        }

        @Override
        public void check(JsonNode node, String pointer, List<Fault> faults) {
            if (!node.isIntegralNumber()
                    || !node.canConvertToLong()
                    || node.longValue() < min
                    || node.longValue() > max) {
                refuse(faults, pointer, "a whole number, " + min + " to " + max);
            }
        }

        @Override
        public Object read(String text) {
            if (NUMBER.matcher(text).matches()) {
                long number = Long.parseLong(text);
                if (number >= min && number <= max) {
                    return number;
                }
            }
            throw new IllegalArgumentException("expected: a whole number, " + min + " to " + max);
        }
    }

    /** A number. */
    record Fraction() implements Shape {
        @Override
        public Map<String, Object> schema() {
            return type("number");
        }

        @Override
        public void check(JsonNode node, String pointer, List<Fault> faults) {
            if (!node.isNumber()) {
                refuse(faults, pointer, "a number");
            }
        }
    }

    /** True or false. */
    record Flag() implements Shape {
        @Override
        public Map<String, Object> schema() {
            return type("boolean");
        }

        @Override
        public void check(JsonNode node, String pointer, List<Fault> faults) {
            if (!node.isBoolean()) {
                refuse(faults, pointer, "true or false");
            }
        }

        @Override
        public Object read(String text) {
            if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
            }
            throw new IllegalArgumentException("expected: true or false");
        }
    }

    /** A text of a form that other programs read too. */
    enum Written implements Shape {
        /** A moment (RFC 3339). */
        MOMENT("date-time", "a time such as 2026-03-01T09:00:00Z") {
            @Override
            Object parsed(String text) {
                return OffsetDateTime.parse(text).toInstant();
            }
        },
        /** A length of time (ISO 8601, as RFC 3339 appendix A has it). */
        SPAN("duration", "a length of time such as PT2H or P1DT12H") {
            @Override
            Object parsed(String text) {
                return Duration.parse(text);
            }
        };

        /** In characters; no text of either form is longer. */
        private static final int LONGEST = 40;

        private final String format;
        private final String expected;

        Written(String format, String expected) {
            this.format = format;
            this.expected = expected;
        }

        /** @throws DateTimeException or ArithmeticException when it is not of this form */
        abstract Object parsed(String text);

        private @Nullable Object parsedOrNull(String text) {
            try {
                return text.length() > LONGEST ? null : parsed(text);
            } catch (DateTimeException | ArithmeticException malformed) {
                return null;
            }
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = type("string");
            schema.put("format", format);
            return schema;
        }

        @Override
        public void check(JsonNode node, String pointer, List<Fault> faults) {
            if (!node.isString() || parsedOrNull(node.stringValue()) == null) {
                refuse(faults, pointer, expected);
            }
        }

        @Override
        public Object read(String text) {
            Object value = parsedOrNull(text);
            if (value == null) {
                throw new IllegalArgumentException("expected: " + expected);
            }
            return value;
        }
    }

    /** One of some words. */
    record Choice(List<String> words) implements Shape {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = type("string");
            schema.put("enum", words);
            return schema;
        }

        @Override
        public void check(JsonNode node, String pointer, List<Fault> faults) {
            if (!node.isString() || !words.contains(node.stringValue())) {
                refuse(faults, pointer, "one of " + String.join(", ", words));
            }
        }

        @Override
        public Object read(String text) {
            if (!words.contains(text)) {
                throw new IllegalArgumentException("expected: one of " + String.join(", ", words));
            }
            return text;
        }
    }

    /**
     * Several of one shape.
     *
     * @param max how many at most; 0 without a limit
     */
    record Many(Shape of, int max) implements Shape {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = type("array");
            schema.put("items", of.schema());
            if (max > 0) {
                schema.put("maxItems", max);
            }
            return schema;
        }

        @Override
        public void check(JsonNode node, String pointer, List<Fault> faults) {
            if (!node.isArray() || (max > 0 && node.size() > max)) {
                refuse(faults, pointer, "a list of at most " + max);
                return;
            }
            for (int i = 0; i < node.size(); i++) {
                of.check(node.get(i), pointer + "/" + i, faults);
            }
        }
    }

    /** Values by name. Comes in answers only. */
    record Named(Shape of) implements Shape {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = type("object");
            schema.put("additionalProperties", of.schema());
            return schema;
        }
    }

    /** Any object: a line of the journal, which has fields of its own. Comes in answers only. */
    record Line() implements Shape {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = type("object");
            schema.put("description", "A line of the journal, as docs/journal.md describes it.");
            return schema;
        }
    }
}
