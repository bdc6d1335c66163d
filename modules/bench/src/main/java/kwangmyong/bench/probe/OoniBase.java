package kwangmyong.bench.probe;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import kwangmyong.bench.recipe.TrialId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The outer keys of a measurement: OONI's data format 0.2.0, df-000-base. */
public final class OoniBase {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OoniBase() {}

    /**
     * Whose measurement it is.
     *
     * @param way by which the tool is gone through
     * @param resolver an address; empty when it is not known
     */
    public record Who(TrialId id, String way, String resolver) {}

    /**
     * One measurement.
     *
     * @param input what was tested; null for none
     * @param extensions data formats that the test's keys follow
     */
    public static ObjectNode of(
            Who who,
            String testName,
            @Nullable String input,
            Instant begun,
            double seconds,
            Map<String, Integer> extensions,
            Map<String, String> annotations,
            ObjectNode testKeys) {
        ObjectNode base = NODES.objectNode();
        ObjectNode notes = base.putObject("annotations");
        notes.put("engine_name", "kwangmyong-lab");
        notes.put("engine_version", "0.1.0");
        notes.put("platform", "linux");
        notes.put("kwm_trial", who.id().path());
        notes.put("kwm_regime", who.id().regime());
        notes.put("kwm_condition", who.id().condition());
        notes.put("kwm_tool", who.id().tool());
        notes.put("kwm_way", who.way());
        annotations.forEach(notes::put);
        base.put("data_format_version", "0.2.0");
        ObjectNode formats = base.putObject("extensions");
        extensions.forEach(formats::put);
        if (input == null) {
            base.putNull("input");
        } else {
            base.put("input", input);
        }
        base.put("measurement_start_time", TIME.format(begun));
        base.put("probe_asn", "AS0");
        base.put("probe_cc", "ZZ");
        base.put("probe_ip", "127.0.0.1");
        base.put("probe_network_name", "Kwangmyong Lab (simulated)");
        base.put("report_id", "");
        base.put("resolver_asn", "AS0");
        base.put("resolver_ip", who.resolver());
        base.put("software_name", "kwangmyong-lab");
        base.put("software_version", "0.1.0");
        base.putObject("test_helpers");
        base.set("test_keys", testKeys);
        base.put("test_name", testName);
        base.put("test_runtime", seconds);
        base.put("test_start_time", TIME.format(begun));
        base.put("test_version", "0.1.0");
        return base;
    }
}
