package kwangmyong.lab.config;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import kwangmyong.border.BorderConfig;
import kwangmyong.border.FlowLimits;
import kwangmyong.border.api.Condition;
import kwangmyong.border.api.Quantities;
import kwangmyong.lab.yaml.Nearest;

/** Reads {@code border}. */
final class BorderReader {
    private static final int LEAST_MEMORY = 1 << 16;
    private static final int MOST_MEMORY = 1 << 30;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    private BorderReader() {}

    static BorderSection read(Section border, Collection<String> attachments) {
        Map<String, Condition> conditions = new LinkedHashMap<>();
        border.section("attachments").named().forEach((name, section) -> {
            if (!attachments.contains(name)) {
                section.fault("'" + name + "' is no attachment of this lab" + Nearest.hint(name, attachments));
            }
            conditions.put(name, condition(section));
        });
        Section flows = border.section("flows");
        FlowLimits usual = FlowLimits.DEFAULT;
        return new BorderSection(
                condition(border.section("link")),
                conditions,
                new FlowLimits(
                        flows.integer("limit", usual.most()),
                        time(flows, "opening", usual.opening()),
                        time(flows, "open", usual.open()),
                        time(flows, "closing", usual.closing()),
                        time(flows, "datagrams", usual.datagrams())),
                memory(border));
    }

    private static Condition condition(Section section) {
        Duration delay = section.value("delay")
                .flatMap(value -> value.as(Quantities::time))
                .orElse(Duration.ZERO);
        Duration jitter = section.value("jitter")
                .flatMap(value -> value.as(Quantities::time))
                .orElse(Duration.ZERO);
        double loss = section.value("loss")
                .flatMap(value -> value.as(Quantities::share))
                .orElse(0.0);
        long rate = section.value("rate")
                .flatMap(value -> value.as(Quantities::rate))
                .orElse(0L);
        try {
            return new Condition(delay, jitter, loss, rate);
        } catch (IllegalArgumentException outOfBounds) {
            String[] said = String.valueOf(outOfBounds.getMessage()).split(": ", 2);
            section.fault(said[0], said[said.length - 1]);
            return Condition.CLEAR;
        }
    }

    private static Duration time(Section section, String key, Duration usual) {
        Duration time =
                section.value(key).flatMap(value -> value.as(Quantities::time)).orElse(usual);
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            section.fault(key, time.toMillis() + "ms (expected: 1s-24h)");
            return usual;
        }
        return time;
    }

    private static int memory(Section border) {
        long memory = border.value("memory")
                .flatMap(value -> value.as(Quantities::size))
                .orElse((long) BorderConfig.DEFAULT_MEMORY);
        if (memory < LEAST_MEMORY || memory > MOST_MEMORY) {
            border.fault("memory", memory / 1024 + "KiB (expected: 64KiB-1GiB)");
            return BorderConfig.DEFAULT_MEMORY;
        }
        return (int) memory;
    }
}
