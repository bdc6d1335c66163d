package kwangmyong.portal.metrics;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import kwangmyong.kernel.service.Health;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.service.Reading;
import kwangmyong.kernel.service.Service;

/**
 * What is shown.
 *
 * @param services every one that the lab starts, whether it runs yet or not
 * @param others how parts are that are no services, by name
 * @param readings numbers of such parts
 */
public record MetricsPorts(
        Supplier<List<Service>> services,
        Supplier<Map<String, Health>> others,
        Supplier<List<Reading>> readings,
        DecisionTally tally,
        LabClock clock) {}
