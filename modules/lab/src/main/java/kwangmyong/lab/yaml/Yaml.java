package kwangmyong.lab.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a YAML file, with the place it was written at. Immutable. */
public sealed interface Yaml {
    Place place();

    /** What this is, for people: {@code a map}, {@code text}. */
    String kind();

    /** How many values this is, itself and everything below. */
    int size();

    /**
     * Keys and values, in order of writing.
     *
     * @param place of the first key or the opening brace
     */
    record Mapping(Place place, Map<String, Entry> entries, int size) implements Yaml {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** A key's value; null without the key. */
        public @Nullable Yaml get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        static Mapping of(Place place, Map<String, Entry> entries) {
            int size = 1;
            for (Entry entry : entries.values()) {
                size += entry.value().size();
            }
            return new Mapping(place, entries, size);
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /** A key's own place and its value. */
    record Entry(Place key, Yaml value) {}

    /** A list. */
    record Sequence(Place place, List<Yaml> items, int size) implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }

        static Sequence of(Place place, List<Yaml> items) {
            int size = 1;
            for (Yaml item : items) {
                size += item.size();
            }
            return new Sequence(place, items, size);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A single value, as the core schema of YAML 1.2.2 §10.3.2 types it.
     *
     * @param text as written, without quotes
     */
    record Scalar(Place place, String text, Type type) implements Yaml {
        private static final int LONGEST_SHOWN = 80;

        @Override
        public int size() {
            return 1;
        }

        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "the text '" + shown() + "'";
                case INTEGER, DECIMAL -> "the number " + shown();
                case BOOLEAN -> text;
                case NOTHING -> "nothing";
            };
        }

        private String shown() {
            return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
        }
    }

    /** What a scalar is. */
    enum Type {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NOTHING
    }
}
