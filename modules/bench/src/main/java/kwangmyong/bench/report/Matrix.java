package kwangmyong.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Results;

/**
 * Tools by regimes under one condition.
 *
 * @param settings of the condition, in words
 * @param counts of all its trials, in words
 */
record Matrix(String condition, String settings, String counts, List<String> regimes, List<Row> rows) {
    /** A tool, with a cell a regime. */
    record Row(String tool, List<Cell> cells) {}

    /**
     * The repetitions of one tool against one regime.
     *
     * @param shape an outcome's word when all trials had it; {@code mixed}, or {@code none} when none was run
     * @param words the outcome and how many had it, of how many
     * @param anchor of the group
     * @param stops what stopped them, the most frequent first
     */
    record Cell(String regime, String shape, String words, String share, String anchor, List<String> stops) {}

    static List<Matrix> of(Results results, List<Group> groups, Anchors anchors) {
        List<Matrix> matrices = new ArrayList<>();
        results.run().conditions().forEach((condition, settings) -> {
            Map<String, List<Cell>> rows = new LinkedHashMap<>();
            results.run().tools().forEach(tool -> rows.put(tool, new ArrayList<>()));
            Map<Outcome, Integer> counts = new java.util.EnumMap<>(Outcome.class);
            for (Group group : groups) {
                if (group.key().condition().equals(condition)) {
                    group.tally().forEach((outcome, n) -> counts.merge(outcome, n, Integer::sum));
                    rows.computeIfAbsent(group.key().tool(), tool -> new ArrayList<>())
                            .add(cell(group, results.run().repetitions(), anchors));
                }
            }
            matrices.add(new Matrix(
                    condition,
                    settings(settings),
                    words(counts),
                    results.run().regimes(),
                    rows.entrySet().stream()
                            .map(row -> new Row(row.getKey(), row.getValue()))
                            .toList()));
        });
        return matrices;
    }

    /** {@code delay 80ms, jitter 10ms}. */
    static String settings(Map<String, String> settings) {
        return settings.isEmpty()
                ? "nothing is held up"
                : settings.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** {@code 3 through, 1 blocked}. */
    static String words(Map<Outcome, Integer> tally) {
        return tally.isEmpty()
                ? "none run"
                : tally.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().word())
                        .collect(Collectors.joining(", "));
    }

    /** The shape that stands for a group. */
    static String shape(Group group) {
        Map<Outcome, Integer> tally = group.tally();
        if (tally.isEmpty()) {
            return "none";
        }
        return tally.size() > 1 ? "mixed" : tally.keySet().iterator().next().word();
    }

    private static Cell cell(Group group, int repetitions, Anchors anchors) {
        String shape = shape(group);
        int run = group.places().size();
        return new Cell(
                group.key().regime(),
                shape,
                switch (shape) {
                    case "none" -> "not run";
                    case "mixed" -> words(group.tally());
                    default -> shape;
                },
                run == 0 ? "" : shape.equals("mixed") ? "of " + run : run + " of " + Math.max(run, repetitions),
                anchors.of(group),
                group.stoppings().stream().map(Matrix::stop).distinct().toList());
    }

    /** {@code dns · default}. */
    private static String stop(Group.Stopping stopping) {
        return stopping.layer() + (stopping.rule().isEmpty() ? "" : " · " + stopping.rule());
    }
}
