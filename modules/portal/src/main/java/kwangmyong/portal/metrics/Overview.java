package kwangmyong.portal.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.service.Health;
import kwangmyong.kernel.service.Reading;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows at one moment.
 *
 * @param health by part
 * @param numbers by what they are called, a few that tell most
 */
record Overview(Map<String, Health> health, List<Line> layers, Map<String, Double> numbers) {
    private static final double MICROS = 1e6;

    /**
     * One layer since the start.
     *
     * @param half microseconds within which half of its decisions were shown, to a power of two; null before the first
     * @param most the same for 99 of 100
     */
    record Line(
            String layer,
            long allowed,
            long denied,
            @Nullable Double half,
            @Nullable Double most) {}

    static Overview of(Vitals vitals) {
        List<Line> layers = new ArrayList<>();
        for (Layer layer : DecisionTally.LAYERS) {
            Buckets took = vitals.tally().took(layer);
            layers.add(new Line(
                    layer.word(),
                    sum(vitals.tally(), layer, Verdict.ALLOW),
                    sum(vitals.tally(), layer, Verdict.DENY),
                    within(took, 0.5),
                    within(took, 0.99)));
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Reading reading : vitals.readings()) {
            if (!reading.name().equals("kwm_service_health")) {
                numbers.merge(reading.name(), reading.value(), Double::sum);
            }
        }
        return new Overview(vitals.health(), layers, numbers);
    }

    private static long sum(DecisionTally tally, Layer layer, Verdict verdict) {
        long sum = 0;
        for (Reason reason : DecisionTally.REASONS) {
            sum += tally.decisions(layer, verdict, reason);
        }
        return sum;
    }

    /** The bound of the bucket in which a share of all is reached. */
    static @Nullable Double within(Buckets buckets, double share) {
        long all = 0;
        for (int i = 0; i < Buckets.COUNT; i++) {
            all += buckets.count(i);
        }
        long seen = 0;
        for (int i = 0; i < Buckets.COUNT - 1; i++) {
            seen += buckets.count(i);
            if (all > 0 && seen >= share * (double) all) {
                return Buckets.boundSeconds(i) * MICROS;
            }
        }
        return null;
    }

    /** For the page's script. Every name in it is the lab's own, of letters, digits, underscores and hyphens. */
    String json() {
        StringBuilder json = new StringBuilder("{\"health\":{");
        health.forEach((name, state) -> json.append(json.charAt(json.length() - 1) == '{' ? "" : ",")
                .append('"')
                .append(plain(name))
                .append("\":\"")
                .append(state.state().name().toLowerCase(Locale.ROOT))
                .append('"'));
        json.append("},\"layers\":{");
        for (Line line : layers) {
            json.append(json.charAt(json.length() - 1) == '{' ? "" : ",")
                    .append('"')
                    .append(line.layer)
                    .append("\":{\"allow\":")
                    .append(line.allowed)
                    .append(",\"deny\":")
                    .append(line.denied)
                    .append(",\"half\":")
                    .append(line.half)
                    .append(",\"most\":")
                    .append(line.most)
                    .append('}');
        }
        json.append("},\"numbers\":{");
        numbers.forEach((name, value) -> json.append(json.charAt(json.length() - 1) == '{' ? "" : ",")
                .append('"')
                .append(plain(name))
                .append("\":")
                .append(Double.isFinite(value) ? value : 0.0));
        return json.append("}}").toString();
    }

    private static String plain(String name) {
        return Objects.requireNonNull(name).replaceAll("[^\\w-]", "_");
    }

    static String show(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A number as people read it: whole ones without a fraction. */
    static String show(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%,.3f", value);
    }
}
