package kwangmyong.lab.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kwangmyong.lab.yaml.Yaml.Entry;
import kwangmyong.lab.yaml.Yaml.Mapping;
import kwangmyong.lab.yaml.Yaml.Scalar;
import kwangmyong.lab.yaml.Yaml.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Checks a tree against a JSON Schema (draft 2020-12), saying what is wrong where it was written.
 *
 * <p>It understands the keywords in {@link #ASSERTIONS} and refuses a schema with any other, so that none is silently without effect.
 * The branches of an {@code anyOf} must differ in {@code type}, so that a value's own type tells which of them was meant. One keyword is
 * an annotation of editors that is used here too: {@code patternErrorMessage} says what a pattern expects.
 */
public final class Schema {
    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$id",
            "$comment",
            "$defs",
            "title",
            "description",
            "default",
            "examples",
            "patternErrorMessage");

    private static final Set<String> ASSERTIONS = Set.of(
            "$ref",
            "anyOf",
            "type",
            "enum",
            "properties",
            "required",
            "additionalProperties",
            "propertyNames",
            "minProperties",
            "items",
            "minItems",
            "maxItems",
            "minLength",
            "maxLength",
            "pattern",
            "minimum",
            "maximum");

    private final Map<String, Rule> definitions = new LinkedHashMap<>();
    private final Rule root;

    private Schema(Mapping schema) {
        Mapping defs = child(schema, "$defs");
        if (defs != null) {
            defs.entries().forEach((name, entry) -> definitions.put("#/$defs/" + name, new Rule(entry.value())));
        }
        root = new Rule(schema);
    }

    /**
     * Reads a schema that lies beside a class.
     *
     * @throws IllegalStateException when it is missing or not one of this kind: a fault of the build
     */
    public static Schema resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + beside.getName());
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Reads a schema from JSON text; errors as {@link #resource}. */
    public static Schema parse(String json) {
        Faults faults = new Faults();
        Yaml schema = YamlFile.parse(Path.of("schema"), json, faults).orElse(null); // JSON is YAML
        if (!faults.isEmpty() || !(schema instanceof Mapping mapping)) {
            throw new IllegalStateException("not a JSON Schema: " + faults.sorted());
        }
        return new Schema(mapping);
    }

    /** Adds what is wrong with {@code tree} to {@code faults}. */
    public void check(Yaml tree, Faults faults) {
        root.check(tree, tree.place(), "", faults);
    }

    private static @Nullable Mapping child(Mapping parent, String key) {
        return parent.get(key) instanceof Mapping mapping ? mapping : null;
    }

    /** One (sub)schema, compiled. */
    private final class Rule {
        private final Set<String> types;
        private final List<String> words;
        private final Map<String, Rule> properties = new LinkedHashMap<>();
        private final List<String> required;
        private final List<Rule> anyOf;
        private final @Nullable String reference;
        private final @Nullable Rule others;
        private final boolean othersRefused;
        private final @Nullable Rule names;
        private final @Nullable Rule items;
        private final @Nullable Pattern pattern;
        private final String expected;
        private final Limits limits;

        Rule(Yaml yaml) {
            if (!(yaml instanceof Mapping schema)) {
                throw new IllegalStateException(yaml.place() + ": a schema that is not an object");
            }
            for (String keyword : schema.entries().keySet()) {
                if (!ANNOTATIONS.contains(keyword) && !ASSERTIONS.contains(keyword)) {
                    throw new IllegalStateException(schema.place() + ": the keyword " + keyword + " is not understood");
                }
            }
            types = Set.copyOf(texts(schema, "type"));
            words = texts(schema, "enum");
            required = texts(schema, "required");
            reference = texts(schema, "$ref").stream().findFirst().orElse(null);
            anyOf = children(schema, "anyOf").stream().map(Rule::new).toList();
            Mapping named = child(schema, "properties");
            if (named != null) {
                named.entries().forEach((key, entry) -> properties.put(key, new Rule(entry.value())));
            }
            othersRefused = schema.get("additionalProperties") instanceof Scalar flag
                    && flag.text().equals("false");
            others = rule(schema, "additionalProperties");
            names = rule(schema, "propertyNames");
            items = rule(schema, "items");
            pattern = texts(schema, "pattern").stream()
                    .findFirst()
                    .map(Schema::compile)
                    .orElse(null);
            expected = texts(schema, "patternErrorMessage").stream().findFirst().orElse("text of the form " + pattern);
            limits = new Limits(schema);
        }

        private @Nullable Rule rule(Mapping schema, String keyword) {
            Mapping sub = child(schema, keyword);
            return sub == null ? null : new Rule(sub);
        }

        void check(Yaml value, Place place, String path, Faults faults) {
            if (reference != null) {
                Rule target = definitions.get(reference);
                if (target == null) {
                    throw new IllegalStateException(reference + " is not defined");
                }
                target.check(value, place, path, faults);
            }
            if (!anyOf.isEmpty()) {
                branch(value)
                        .ifPresentOrElse(
                                branch -> branch.check(value, place, path, faults),
                                () -> faults.add(place, path, wrongType(value, allTypes())));
                return;
            }
            if (!types.isEmpty() && !admits(value)) {
                faults.add(place, path, wrongType(value, types));
                return;
            }
            Consumer<String> fault = message -> faults.add(place, path, message);
            if (value instanceof Scalar scalar) {
                checkScalar(scalar, fault);
            } else if (value instanceof Sequence list) {
                limits.checkSize("items", list.items().size(), fault);
                for (int i = 0; items != null && i < list.items().size(); i++) {
                    Yaml item = list.items().get(i);
                    items.check(item, item.place(), Paths.item(path, i, item), faults);
                }
            } else if (value instanceof Mapping map) {
                checkMap(map, path, faults, fault);
            }
        }

        private Optional<Rule> branch(Yaml value) {
            return anyOf.stream().filter(branch -> branch.admits(value)).findFirst();
        }

        private Set<String> allTypes() {
            return anyOf.stream()
                    .flatMap(branch -> branch.types.stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private void checkScalar(Scalar scalar, Consumer<String> fault) {
            String text = scalar.text();
            if (!words.isEmpty()) {
                if (!words.contains(text)) {
                    List<String> distinct = words.stream().distinct().toList();
                    String near = Nearest.hint(text, distinct);
                    fault.accept("'" + text + "' is unknown"
                            + (near.isEmpty() ? " (expected: " + String.join(", ", distinct) + ")" : near));
                }
                return;
            }
            switch (scalar.type()) {
                case TEXT -> {
                    if (pattern != null && !pattern.matcher(text).find()) {
                        fault.accept("'" + text + "' is not " + expected);
                    }
                    limits.checkLength(text, fault);
                }
                case INTEGER, DECIMAL -> limits.checkNumber(new BigDecimal(text), fault);
                default -> {}
            }
        }

        private void checkMap(Mapping map, String path, Faults faults, Consumer<String> fault) {
            map.entries().forEach((key, entry) -> {
                String below = Paths.key(path, key);
                Rule known = properties.get(key);
                if (known != null) {
                    known.check(entry.value(), at(entry), below, faults);
                } else if (othersRefused) {
                    faults.add(entry.key(), below, "unknown key" + Nearest.hint(key, unused(map)));
                } else if (others != null) {
                    if (names != null) {
                        names.check(new Scalar(entry.key(), key, Yaml.Type.TEXT), entry.key(), below, faults);
                    }
                    others.check(entry.value(), at(entry), below, faults);
                }
            });
            for (String key : required) {
                if (!map.entries().containsKey(key)) {
                    fault.accept("'" + key + "' is missing");
                }
            }
            limits.checkSize("entries", map.entries().size(), fault);
        }

        /** A value that was left out has no place worth pointing at; its key has. */
        private static Place at(Entry entry) {
            return entry.value() instanceof Scalar scalar && scalar.type() == Yaml.Type.NOTHING
                    ? entry.key()
                    : entry.value().place();
        }

        private List<String> unused(Mapping map) {
            return properties.keySet().stream()
                    .filter(key -> !map.entries().containsKey(key))
                    .toList();
        }

        private boolean admits(Yaml value) {
            return types.isEmpty() || JsonTypes.of(value).stream().anyMatch(types::contains);
        }

        private String wrongType(Yaml value, Set<String> wanted) {
            boolean quotes = wanted.contains("string")
                    && value instanceof Scalar scalar
                    && scalar.type() != Yaml.Type.NOTHING
                    && scalar.type() != Yaml.Type.TEXT;
            return "expected "
                    + wanted.stream()
                            .sorted()
                            .map(JsonTypes::inWords)
                            .distinct()
                            .collect(Collectors.joining(" or "))
                    + ", found " + value.kind() + (quotes ? "; put it in quotes" : "");
        }
    }

    /** In Java {@code $} also stands before a final line feed; in ECMA 262 it does not. */
    private static Pattern compile(String regex) {
        return Pattern.compile(regex.endsWith("$") ? regex.substring(0, regex.length() - 1) + "\\z" : regex);
    }

    private static List<String> texts(Mapping schema, String key) {
        return children(schema, key).stream()
                .map(item -> ((Scalar) item).text())
                .toList();
    }

    private static List<Yaml> children(Mapping schema, String key) {
        Yaml value = schema.get(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof Sequence list ? list.items() : List.of(value);
    }
}
