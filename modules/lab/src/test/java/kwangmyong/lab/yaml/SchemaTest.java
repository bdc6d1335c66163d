package kwangmyong.lab.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void refusesASchemaWithAKeywordThatWouldHaveNoEffect() {
        assertThatThrownBy(() -> Schema.parse("{\"oneOf\": []}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("oneOf");
    }

    @Test
    void checksNumbersSizesAndLengths() {
        String schema = """
                {"type": "object", "properties": {
                  "port": {"type": "integer", "minimum": 1, "maximum": 65535},
                  "speed": {"type": "number", "minimum": 0},
                  "names": {"type": "array", "minItems": 1, "maxItems": 2},
                  "word": {"type": "string", "minLength": 2},
                  "map": {"type": "object", "minProperties": 1}}}
                """;
        assertThat(faults(schema, "{port: 70000, speed: -0.5, names: [], word: a, map: {}}"))
                .containsExactly(
                        "port: 70000 (expected: 1 to 65535)",
                        "speed: -0.5 (expected: at least 0)",
                        "names: 0 items (expected: 1 to 2)",
                        "word: 1 characters (expected: at least 2)",
                        "map: 0 entries (expected: at least 1)");
        assertThat(faults(schema, "{port: 1, speed: 1e2, names: [a, b], word: 광명, map: {a: b}}"))
                .isEmpty();
    }

    @Test
    void takesTheBranchThatTheValuesTypeMeans() {
        String schema = """
                {"anyOf": [{"type": "string", "enum": ["silence"]},
                           {"type": "object", "additionalProperties": false, "required": ["sinkhole"],
                            "properties": {"sinkhole": {"type": "string"}}}]}
                """;
        assertThat(faults(schema, "silence")).isEmpty();
        assertThat(faults(schema, "{sinkhole: a}")).isEmpty();
        assertThat(faults(schema, "silense")).containsExactly("'silense' is unknown; did you mean 'silence'?");
        assertThat(faults(schema, "{sinkole: a}"))
                .containsExactly("'sinkhole' is missing", "sinkole: unknown key; did you mean 'sinkhole'?");
        assertThat(faults(schema, "[a]")).containsExactly("expected a map or text, found a list");
    }

    @Test
    void aPatternEndsWhereTheTextEnds() {
        assertThat(faults(
                        "{\"type\": \"string\", \"pattern\": \"^a$\", \"patternErrorMessage\": \"an a\"}", "\"a\\n\""))
                .singleElement()
                .asString()
                .contains("is not an a");
    }

    private static List<String> faults(String schema, String yaml) {
        Faults faults = new Faults();
        Schema.parse(schema)
                .check(YamlFile.parse(Path.of("a.yaml"), yaml, faults).orElseThrow(), faults);
        return faults.sorted().stream()
                .map(fault -> (fault.path().isEmpty() ? "" : fault.path() + ": ") + fault.message())
                .toList();
    }
}
