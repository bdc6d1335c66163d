package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kwangmyong.lab.yaml.Faults;
import kwangmyong.lab.yaml.Schema;
import kwangmyong.lab.yaml.Yaml;
import kwangmyong.lab.yaml.Yaml.Mapping;
import kwangmyong.lab.yaml.Yaml.Scalar;
import kwangmyong.lab.yaml.Yaml.Sequence;
import kwangmyong.lab.yaml.YamlFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Holds our own reading of the published schema against networknt's, which is too slow to start to be part of the lab (docs/adr). */
class LabSchemaTest {
    private static final Path DEFAULT_LAB = Repository.file("lab-configs/kwangmyong/lab.yaml");
    private static final int ROUNDS = Integer.getInteger("kwm.hostile.rounds", 300);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What stands in the place of a value: one of every type, and words that some place of the schema knows. */
    private static final List<JsonNode> STRANGERS = List.of(
            NODES.stringNode("seat"),
            NODES.stringNode(""),
            NODES.stringNode("silence"),
            NODES.stringNode("10.76.10.0/24"),
            NODES.stringNode("No Word"),
            NODES.numberNode(451),
            NODES.numberNode(-1),
            NODES.numberNode(0.5),
            NODES.numberNode(70_000),
            NODES.booleanNode(true),
            NODES.nullNode(),
            NODES.arrayNode(),
            NODES.arrayNode().add("a"),
            NODES.objectNode(),
            NODES.objectNode().put("id", "a"),
            NODES.objectNode().put("sinkhole", "10.0.0.1"));

    private final Schema ours = Schema.resource(LabReader.class, "lab.schema.json");
    private final com.networknt.schema.Schema theirs = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12)
            .getSchema(text(), InputFormat.JSON);

    @Test
    void isAValidSchema() {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(text(), InputFormat.JSON)).isEmpty();
    }

    @Test
    void agreesWithAnotherValidatorAboutTheDefaultLabHoweverItIsSpoilt() throws IOException {
        JsonNode sound = json(YamlFile.parse(DEFAULT_LAB, Files.readString(DEFAULT_LAB), new Faults())
                .orElseThrow());
        assertThat(theirs.validate(sound)).isEmpty();
        long seed = Long.getLong("kwm.fuzz.seed", 20_261);
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode spoilt = sound.deepCopy();
            for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
                spoil(spoilt, random);
            }
            boolean theySay = theirs.validate(spoilt).isEmpty();
            assertThat(weSay(spoilt))
                    .as("seed %d, round %d: %s", seed, round, spoilt)
                    .isEqualTo(theySay);
            refused += theySay ? 0 : 1;
        }
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
    }

    private boolean weSay(JsonNode node) {
        Faults faults = new Faults();
        ours.check(YamlFile.parse(Path.of("spoilt"), node.toString(), faults).orElseThrow(), faults);
        return faults.isEmpty();
    }

    /** Replaces, renames or removes something at a random depth. */
    private static void spoil(JsonNode node, Random random) {
        if (node instanceof ObjectNode map && !map.isEmpty()) {
            List<String> keys = new ArrayList<>(map.propertyNames());
            String key = keys.get(random.nextInt(keys.size()));
            JsonNode value = map.get(key);
            if (value.isContainer() && random.nextInt(8) != 0) {
                spoil(value, random);
                return;
            }
            switch (random.nextInt(3)) {
                case 0 -> map.set(key, stranger(random));
                case 1 -> map.remove(key);
                default -> map.set(random.nextBoolean() ? key + "x" : "classification", value);
            }
        } else if (node instanceof ArrayNode list && !list.isEmpty()) {
            int index = random.nextInt(list.size());
            if (list.get(index).isContainer() && random.nextInt(8) != 0) {
                spoil(list.get(index), random);
            } else {
                list.set(index, stranger(random));
            }
        }
    }

    private static JsonNode stranger(Random random) {
        return STRANGERS.get(random.nextInt(STRANGERS.size())).deepCopy();
    }

    private static JsonNode json(Yaml yaml) {
        if (yaml instanceof Mapping map) {
            ObjectNode object = NODES.objectNode();
            for (Map.Entry<String, Yaml.Entry> entry : map.entries().entrySet()) {
                object.set(entry.getKey(), json(entry.getValue().value()));
            }
            return object;
        }
        if (yaml instanceof Sequence list) {
            ArrayNode array = NODES.arrayNode();
            list.items().forEach(item -> array.add(json(item)));
            return array;
        }
        Scalar scalar = (Scalar) yaml;
        return switch (scalar.type()) {
            case TEXT -> NODES.stringNode(scalar.text());
            case INTEGER -> NODES.numberNode(Long.parseLong(scalar.text()));
            case DECIMAL -> NODES.numberNode(new BigDecimal(scalar.text()));
            case BOOLEAN -> NODES.booleanNode(scalar.text().equalsIgnoreCase("true"));
            case NOTHING -> NODES.nullNode();
        };
    }

    private static String text() {
        try (InputStream in = LabReader.class.getResourceAsStream("lab.schema.json")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
