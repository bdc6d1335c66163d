package kwangmyong.bench;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What OONI's published specification says of a measurement's names and types, as a JSON Schema of our own. */
public final class OoniFormat {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text(), InputFormat.JSON);

    private OoniFormat() {}

    /** What is wrong with a measurement; nothing when it is as specified. */
    public static List<String> faults(String measurement) {
        return SCHEMA.validate(measurement, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static String text() {
        try (InputStream in = OoniFormat.class.getResourceAsStream("/ooni/measurement.schema.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
