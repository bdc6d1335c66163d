package kwangmyong.bench.report;

import java.util.ArrayList;
import java.util.List;
import kwangmyong.bench.result.Results;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What lock.json holds, a table a member. */
record Settings(List<Table> tables, int left) {
    /** Bounds the page, not the file. */
    private static final int MOST_ROWS = 1_000;

    record Table(String name, List<Row> rows) {}

    record Row(String name, String value) {}

    static Settings of(Results results) {
        return of(results.lock());
    }

    private static Settings of(@Nullable JsonNode lock) {
        List<Table> tables = new ArrayList<>();
        List<Row> loose = new ArrayList<>();
        int[] left = {0, MOST_ROWS};
        if (lock != null && lock.isObject()) {
            lock.properties().forEach(member -> {
                List<Row> rows = member.getValue().isContainer() ? new ArrayList<>() : loose;
                flatten(member.getValue().isContainer() ? "" : member.getKey(), member.getValue(), rows, left);
                if (rows != loose && !rows.isEmpty()) {
                    tables.add(new Table(member.getKey().replace('_', ' '), rows));
                }
            });
        }
        if (!loose.isEmpty()) {
            tables.add(0, new Table("", loose));
        }
        return new Settings(tables, left[0]);
    }

    private static void flatten(String name, JsonNode value, List<Row> rows, int[] left) {
        if (value.isObject()) {
            value.properties()
                    .forEach(member -> flatten(
                            name.isEmpty() ? member.getKey() : name + " · " + member.getKey(),
                            member.getValue(),
                            rows,
                            left));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                flatten(name.isEmpty() ? Integer.toString(i + 1) : name + " · " + (i + 1), value.get(i), rows, left);
            }
        } else if (left[1]-- > 0) {
            rows.add(new Row(name, value.isNull() ? "none" : value.asString()));
        } else {
            left[0]++;
        }
    }
}
