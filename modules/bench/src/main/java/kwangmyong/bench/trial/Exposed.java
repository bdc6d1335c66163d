package kwangmyong.bench.trial;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kwangmyong.bench.probe.OoniBase;
import kwangmyong.bench.recipe.TrialId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a trial left in the journal, as a measurement. */
final class Exposed {
    private Exposed() {}

    /** @param notices lines by layer, verdict and rule */
    static ObjectNode measurement(TrialId id, Map<List<String>, Long> notices, Instant when) {
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        ArrayNode noticed = keys.putArray("noticed");
        notices.forEach((by, lines) -> {
            ObjectNode one = noticed.addObject();
            one.put("layer", by.get(0));
            one.put("verdict", by.get(1));
            one.put("rule", by.get(2));
            one.put("lines", lines);
        });
        return OoniBase.of(new OoniBase.Who(id, "", ""), "kwm_exposure", null, when, 0, Map.of(), Map.of(), keys);
    }
}
