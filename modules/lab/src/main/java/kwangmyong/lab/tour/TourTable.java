package kwangmyong.lab.tour;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.lab.tour.Tour.Check;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A tour as people and programs read it. */
public final class TourTable {
    private TourTable() {}

    /**
     * A column for each asker, a row for each thing, and in each cell the three layers' observations; a cell that broke a promise shows expected
     * and observed below the table.
     */
    public static String text(List<Check> checks) {
        Set<String> askers = new LinkedHashSet<>();
        Map<String, Map<String, StringBuilder>> rows = new LinkedHashMap<>();
        for (Check check : checks) {
            askers.add(check.asker());
            String row = check.layer().startsWith("mail") ? check.layer() + " " + check.thing() : check.thing();
            rows.computeIfAbsent(row, unused -> new LinkedHashMap<>())
                    .computeIfAbsent(check.asker(), unused -> new StringBuilder())
                    .append(mark(check));
        }
        int first = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        var text = new StringBuilder();
        text.append(" ".repeat(first));
        askers.forEach(asker -> text.append("  ").append(asker));
        text.append('\n');
        rows.forEach((row, cells) -> {
            text.append(row).append(" ".repeat(first - row.length()));
            for (String asker : askers) {
                String cell = cells.containsKey(asker) ? String.valueOf(cells.get(asker)) : "";
                text.append("  ").append(cell).append(" ".repeat(Math.max(0, asker.length() - cell.length())));
            }
            text.append('\n');
        });
        text.append(
                "\nEach cell: resolve, fetch, tunnel, transfer where asked for (or mail). + reached, . denied as promised, ! not as promised.\n");
        checks.stream()
                .filter(check -> !check.holds())
                .forEach(check -> text.append(String.format(
                        "! %s: %s %s: expected %s, observed %s%n",
                        check.asker(), check.layer(), check.thing(), check.expected(), check.observed())));
        long held = checks.stream().filter(Check::holds).count();
        return text.append(held)
                .append(" of ")
                .append(checks.size())
                .append(" promises hold.\n")
                .toString();
    }

    private static char mark(Check check) {
        if (!check.holds()) {
            return '!';
        }
        return check.expected().startsWith("2")
                        || check.expected().equals("answer")
                        || check.expected().equals("nodata")
                        || check.expected().equals("whole")
                ? '+'
                : '.';
    }

    /** One object: {@code held}, {@code asked} and {@code checks}, each with asker, layer, thing, expected, observed, holds. */
    public static String json(List<Check> checks) {
        var text = new java.io.StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("asked", checks.size());
            json.writeNumberProperty(
                    "held", checks.stream().filter(Check::holds).count());
            json.writeArrayPropertyStart("checks");
            for (Check check : checks) {
                json.writeStartObject();
                json.writeStringProperty("asker", check.asker());
                json.writeStringProperty("layer", check.layer());
                json.writeStringProperty("thing", check.thing());
                json.writeStringProperty("expected", check.expected());
                json.writeStringProperty("observed", check.observed());
                json.writeBooleanProperty("holds", check.holds());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }
}
