package kwangmyong.bench.probe;

import java.util.List;
import kwangmyong.bench.result.Trial;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of one probe.
 *
 * @param measurements lines of OONI's data format
 */
public record Probed(Trial.Probe probe, List<ObjectNode> measurements) {
    public Probed {
        measurements = List.copyOf(measurements);
    }
}
