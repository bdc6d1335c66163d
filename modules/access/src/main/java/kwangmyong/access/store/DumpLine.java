package kwangmyong.access.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One row of a dump: an object with the table's name, the id, and every column as text. */
final class DumpLine {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TABLE = "table";
    private static final String ID = "id";

    private DumpLine() {}

    static <T extends Kept> String of(Table<T> table, Kept kept) {
        ObjectNode line = JSON.createObjectNode();
        line.put(TABLE, table.name());
        line.put(ID, kept.id());
        @Nullable Object[] values = table.values().of(table.kind().cast(kept));
        for (int i = 0; i < values.length; i++) {
            Table.Column column = table.columns().get(i);
            Object value = values[i];
            if (value != null) {
                line.put(column.name(), column.type().text(value));
            }
        }
        return line.toString();
    }

    /** @throws StoreException when it is no such line */
    static Kept parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            String name = text(node, TABLE);
            Table<? extends Kept> table = Tables.ALL.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new StoreException("there is no table '" + name + "'"));
            List<Table.Column> columns = table.columns();
            @Nullable Object[] values = new @Nullable Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                JsonNode value = node.get(columns.get(i).name());
                values[i] = value == null ? null : columns.get(i).type().parse(value.asString());
            }
            return table.read().from(new Row(text(node, ID), values));
        } catch (StoreException known) {
            throw known;
        } catch (JacksonException | IllegalArgumentException | NullPointerException | java.time.DateTimeException bad) {
            throw new StoreException("a line of the dump cannot be read: " + bad.getMessage(), bad);
        }
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isString()) {
            throw new StoreException("a line of the dump has no " + name);
        }
        return value.asString();
    }
}
