package kwangmyong.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.Trial;

/** What tools left in the journal under one condition: what would have noticed them. */
record Trace(String condition, List<String> regimes, List<Row> rows) {
    /** A tool, with a cell a regime. */
    record Row(String tool, List<Cell> cells) {}

    /** Medians over a group's trials; empty texts where none says anything. */
    record Cell(String regime, String anchor, String lines, String denials) {}

    /** A table a condition; none where no trial says what it left. */
    static List<Trace> of(Results results, List<Group> groups, Anchors anchors) {
        List<Trace> traces = new ArrayList<>();
        for (String condition : results.run().conditions().keySet()) {
            Map<String, List<Cell>> rows = new LinkedHashMap<>();
            for (Group group : groups) {
                if (group.key().condition().equals(condition)) {
                    rows.computeIfAbsent(group.key().tool(), tool -> new ArrayList<>())
                            .add(cell(group, anchors));
                }
            }
            if (rows.values().stream()
                    .flatMap(List::stream)
                    .anyMatch(cell -> !cell.lines().isEmpty())) {
                traces.add(new Trace(
                        condition,
                        results.run().regimes(),
                        rows.entrySet().stream()
                                .map(row -> new Row(row.getKey(), row.getValue()))
                                .toList()));
            }
        }
        return traces;
    }

    private static Cell cell(Group group, Anchors anchors) {
        List<Double> lines = new ArrayList<>();
        List<Double> denials = new ArrayList<>();
        for (Results.Place place : group.places()) {
            Trial.Exposure exposure = place.trial().exposure();
            if (exposure != null) {
                lines.add((double) exposure.lines());
                denials.add((double) exposure.denials());
            }
        }
        return new Cell(group.key().regime(), anchors.of(group), median(lines), median(denials));
    }

    private static String median(List<Double> values) {
        return values.isEmpty()
                ? ""
                : Words.number(Estimate.of(values).median()).replaceFirst("\\.0$", "");
    }
}
