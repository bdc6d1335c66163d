package kwangmyong.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.bench.result.Results;
import org.jspecify.annotations.Nullable;

/**
 * One measure, a row a group: the values as dots, the mean and its interval, drawn on one scale and said in numbers. Positions are in percent of the
 * drawing's width.
 */
record Figure(String title, boolean logarithmic, List<Tick> ticks, List<Part> parts) {
    /** Of a row, so that a file stays readable with many repetitions. */
    private static final int MOST_LINKS = 12;

    record Tick(String at, String label) {}

    /** Rows of one regime and condition. */
    record Part(String regime, String condition, List<Row> rows) {}

    /**
     * One group.
     *
     * @param dots the values
     * @param mean null where there is none, as {@code low} and {@code high}
     * @param beyondLow whether the interval goes on to the left of the drawing
     */
    record Row(
            String tool,
            String anchor,
            int n,
            List<String> dots,
            String median,
            String medianAt,
            String meanText,
            String intervalText,
            @Nullable String mean,
            @Nullable String low,
            @Nullable String high,
            boolean beyondLow,
            boolean beyondHigh,
            List<Value> values,
            int further) {}

    /** A value, and the trial that has it. */
    record Value(String text, String anchor, String trial) {}

    static List<Figure> of(Results results, List<Group> groups, Anchors anchors) {
        return Measure.in(results.trials()).stream()
                .map(measure -> of(measure, groups, anchors))
                .toList();
    }

    private static Figure of(Measure measure, List<Group> groups, Anchors anchors) {
        Map<Group, List<Measure.Sample>> byGroup = measure.byGroup(groups);
        Scale scale = Scale.around(byGroup.values().stream()
                .flatMap(List::stream)
                .map(Measure.Sample::value)
                .toList());
        Map<String, Part> parts = new LinkedHashMap<>();
        byGroup.forEach((group, samples) -> {
            Group.Key key = group.key();
            parts.computeIfAbsent(
                            key.regime() + "/" + key.condition(),
                            name -> new Part(key.regime(), key.condition(), new ArrayList<>()))
                    .rows()
                    .add(row(group, samples, scale, anchors));
        });
        return new Figure(measure.title(), scale.logarithmic(), scale.ticks(), List.copyOf(parts.values()));
    }

    private static Row row(Group group, List<Measure.Sample> samples, Scale scale, Anchors anchors) {
        Estimate estimate =
                Estimate.of(samples.stream().map(Measure.Sample::value).toList());
        Double mean = estimate.mean();
        Estimate.Interval interval = estimate.interval();
        return new Row(
                group.key().tool(),
                anchors.of(group),
                estimate.n(),
                samples.stream().map(sample -> scale.at(sample.value())).toList(),
                Words.number(estimate.median()),
                scale.at(estimate.median()),
                mean == null ? "none" : Words.number(mean),
                interval == null ? "none" : Words.number(interval.low()) + " to " + Words.number(interval.high()),
                mean == null ? null : scale.at(mean),
                interval == null ? null : scale.at(interval.low()),
                interval == null ? null : scale.at(interval.high()),
                interval != null && scale.isLeftOf(interval.low()),
                interval != null && scale.isRightOf(interval.high()),
                samples.stream()
                        .limit(MOST_LINKS)
                        .map(sample -> new Value(
                                Words.number(sample.value()),
                                anchors.of(sample.place()),
                                sample.place().trial().id()))
                        .toList(),
                Math.max(0, samples.size() - MOST_LINKS));
    }
}
