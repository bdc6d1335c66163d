package kwangmyong.portal.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kwangmyong.kernel.service.Health;
import kwangmyong.kernel.service.Reading;
import kwangmyong.kernel.service.Service;

/** How every part of the lab is, and the numbers that each keeps. */
final class Vitals {
    private final MetricsPorts ports;

    Vitals(MetricsPorts ports) {
        this.ports = ports;
    }

    /** By name, services in the order in which the lab starts them. */
    Map<String, Health> health() {
        Map<String, Health> all = new LinkedHashMap<>();
        for (Service service : ports.services().get()) {
            all.put(service.name(), service.health());
        }
        all.putAll(ports.others().get());
        return all;
    }

    /** Whether every part does what it is there for; what is degraded answers too. */
    static boolean isReady(Map<String, Health> health) {
        return !health.isEmpty() && health.values().stream().noneMatch(each -> each.state() == Health.State.DOWN);
    }

    static Health.State worst(Map<String, Health> health) {
        return health.values().stream().map(Health::state).max(Enum::compareTo).orElse(Health.State.DOWN);
    }

    List<Reading> readings() {
        List<Reading> all = new ArrayList<>(ports.readings().get());
        for (Service service : ports.services().get()) {
            all.addAll(service.readings());
        }
        health().forEach((name, health) -> {
            for (Health.State state : Health.State.values()) {
                all.add(new Reading(
                        Reading.Kind.GAUGE,
                        "kwm_service_health",
                        "Whether a part of the lab is up, degraded or down: 1 for the state that it is in.",
                        Map.of("service", name, "state", state.name().toLowerCase(Locale.ROOT)),
                        health.state() == state ? 1 : 0));
            }
        });
        DecisionTally tally = ports.tally();
        all.add(Reading.counter("kwm_events", "Events that nobody had to allow.", tally.events()));
        all.add(Reading.counter(
                "kwm_journal_not_forced", "Events that could not be put on disk and were refused.", tally.notForced()));
        all.add(Reading.gauge("kwm_journal_waiting", "Forced events that wait to be on disk.", tally.waiting()));
        all.add(Reading.gauge(
                "kwm_lab_time_seconds",
                "The lab's clock.",
                (double) ports.clock().now().toEpochMilli() / 1e3));
        return all;
    }

    DecisionTally tally() {
        return ports.tally();
    }
}
