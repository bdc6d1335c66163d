package kwangmyong.lab.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema as a page for people: every key with what it means, what it may be, and its default. */
final class KeysPage {
    /** What stands in a key's path for a name that the lab's author chooses. */
    private static final String ANY = "NAME";

    private static final String SECTION = "keys of its own";

    private static final Map<String, String> KINDS = Map.of(
            "word", "a word",
            "host", "a host name",
            "label", "a label",
            "text", "text",
            "texts", "texts",
            "addresses", "addresses");

    private final JsonNode schema;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** A key. */
    private record Row(String meaning, String kind, String standard) {}

    private KeysPage(String schema) {
        this.schema = JsonMapper.shared().readTree(schema);
    }

    /** The whole page. */
    static String of(String schema) {
        var page = new KeysPage(schema);
        page.below("", page.schema, Set.of());
        return page.text();
    }

    private String text() {
        var text = new StringBuilder("""
                # Every key of `lab.yaml`

                What the published schema (`lab-configs/lab.schema.json`) allows, key by key; any other key is a fault. [configuration.md](configuration.md) explains them with
                examples. `NAME` stands for a name of your own, `[]` for each of several. This page is made from the schema: `mvn -Dfast test -pl modules/lab -am
                -Dtest=KeysPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dkwm.keys.update=true` makes it anew.
                """);
        String section = "";
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            String top = entry.getKey().split("[.\\[]", 2)[0];
            if (!top.equals(section)) {
                section = top;
                text.append("\n## `")
                        .append(top)
                        .append("`\n\n| key | meaning | kind | default |\n|---|---|---|---|\n");
            }
            Row row = entry.getValue();
            text.append("| `")
                    .append(entry.getKey())
                    .append("` | ")
                    .append(cell(row.meaning()))
                    .append(" | ")
                    .append(cell(row.kind()))
                    .append(" | ")
                    .append(cell(row.standard()))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace('\n', ' ');
    }

    private void below(String path, JsonNode node, Set<String> within) {
        JsonNode there = resolved(node);
        String name = reference(node);
        if (within.contains(name)) {
            return;
        }
        Set<String> deeper = name.isEmpty() ? within : with(within, name);
        there.path("properties").propertyStream().forEach(property -> {
            String key = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            Row row = row(property.getValue());
            if (!row.meaning().isEmpty() || !row.kind().equals(SECTION)) {
                rows.putIfAbsent(key, row);
            }
            below(key, property.getValue(), deeper);
        });
        if (there.path("additionalProperties").isObject()) {
            below(path + "." + ANY, there.path("additionalProperties"), deeper);
        }
        if (there.path("items").isObject()) {
            below(path + "[]", there.path("items"), deeper);
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            there.path(choice).forEach(one -> below(path, one, deeper));
        }
    }

    private static Set<String> with(Set<String> within, String name) {
        return Stream.concat(within.stream(), Stream.of(name)).collect(Collectors.toUnmodifiableSet());
    }

    private static String reference(JsonNode node) {
        String reference = node.path("$ref").stringValue("");
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private JsonNode resolved(JsonNode node) {
        String name = reference(node);
        return name.isEmpty() ? node : resolved(schema.path("$defs").path(name));
    }

    private Row row(JsonNode node) {
        JsonNode whole = resolved(node);
        String meaning =
                node.path("description").stringValue(whole.path("description").stringValue(""));
        JsonNode standard = node.has("default") ? node.path("default") : whole.path("default");
        return new Row(meaning, kind(node), standard.isMissingNode() ? "" : "`" + plain(standard) + "`");
    }

    private static String plain(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    private String kind(JsonNode node) {
        String known = KINDS.get(reference(node));
        if (known != null) {
            return known;
        }
        JsonNode whole = resolved(node);
        if (whole.has("enum")) {
            List<String> words = new ArrayList<>();
            whole.path("enum").forEach(word -> words.add("`" + plain(word) + "`"));
            return words.stream().distinct().collect(Collectors.joining(", "));
        } else if (whole.has("anyOf") || whole.has("oneOf")) {
            List<String> kinds = new ArrayList<>();
            whole.path(whole.has("anyOf") ? "anyOf" : "oneOf").forEach(one -> kinds.add(kind(one)));
            return kinds.stream()
                    .flatMap(kind -> Stream.of(kind.split(", ", -1)))
                    .distinct()
                    .collect(Collectors.joining(", "));
        } else if (whole.has("patternErrorMessage")) {
            return whole.path("patternErrorMessage").stringValue();
        } else if (whole.path("type").isArray()) {
            List<String> types = new ArrayList<>();
            whole.path("type").forEach(type -> types.add(named(type.stringValue(), whole)));
            return types.stream().distinct().collect(Collectors.joining(", or "));
        }
        return named(whole.path("type").stringValue(""), whole);
    }

    private String named(String type, JsonNode whole) {
        return switch (type) {
            case "string" -> "text";
            case "boolean" -> "`true`, `false`";
            case "integer" -> "a whole number" + range(whole);
            case "number" -> "a number" + range(whole);
            case "array" -> "a list";
            case "object" -> SECTION;
            default -> type;
        };
    }

    private static String range(JsonNode whole) {
        JsonNode least = whole.path("minimum");
        JsonNode most = whole.path("maximum");
        boolean all = least.isMissingNode()
                || most.isMissingNode()
                || (least.canConvertToLong() && least.longValue() == Long.MIN_VALUE);
        return all ? "" : ", " + least + " to " + most;
    }
}
