package kwangmyong.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What lock.json holds, a table a member.
 *
 * @param left how many more values there are
 */
record Settings(List<Table> tables, int left) {
    /** Bounds the page, not the file. */
    private static final int MOST_ROWS = 1_000;

    /** @param name empty for the values that are in no table of their own */
    record Table(String name, List<Row> rows) {}

    record Row(String name, String value) {}

    static Settings of(@Nullable JsonNode lock) {
        List<Table> tables = new ArrayList<>();
        List<Row> loose = new ArrayList<>();
        if (lock != null && lock.isObject()) {
            lock.properties().forEach(member -> {
                List<Row> rows = new ArrayList<>();
                boolean isTable = member.getValue().isContainer();
                flatten(isTable ? "" : member.getKey(), member.getValue(), rows);
                if (!isTable) {
                    loose.addAll(rows);
                } else if (!rows.isEmpty()) {
                    tables.add(new Table(member.getKey().replace('_', ' '), rows));
                }
            });
        }
        if (!loose.isEmpty()) {
            tables.add(0, new Table("", loose));
        }
        return cut(tables);
    }

    /** Every value by its full name: {@code packages · iodine}. */
    Map<String, String> flat() {
        Map<String, String> flat = new LinkedHashMap<>();
        for (Table table : tables) {
            for (Row row : table.rows()) {
                flat.put(table.name().isEmpty() ? row.name() : table.name() + " · " + row.name(), row.value());
            }
        }
        return flat;
    }

    private static Settings cut(List<Table> tables) {
        List<Table> kept = new ArrayList<>();
        int room = MOST_ROWS;
        int left = 0;
        for (Table table : tables) {
            int rows = Math.min(room, table.rows().size());
            if (rows > 0) {
                kept.add(new Table(table.name(), List.copyOf(table.rows().subList(0, rows))));
            }
            room -= rows;
            left += table.rows().size() - rows;
        }
        return new Settings(kept, left);
    }

    private static void flatten(String name, JsonNode value, List<Row> rows) {
        if (value.isObject()) {
            value.properties().forEach(member -> flatten(below(name, member.getKey()), member.getValue(), rows));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                flatten(below(name, Integer.toString(i + 1)), value.get(i), rows);
            }
        } else {
            rows.add(new Row(name, value.isNull() ? "none" : value.asString()));
        }
    }

    private static String below(String name, String member) {
        return name.isEmpty() ? member : name + " · " + member;
    }
}
