package kwangmyong.access.store;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What is kept, to and from the rows of a database. The transaction is the caller's. */
final class Rows {
    private Rows() {}

    /** Hands over everything. */
    static void load(Connection reader, Consumer<Kept> sink) throws SQLException {
        for (Table<? extends Kept> table : Tables.ALL) {
            try (PreparedStatement select = reader.prepareStatement(table.select());
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sink.accept(table.row(rows));
                }
            }
        }
    }

    /** Has the rows be as the changes say, whatever they were: to write twice does no harm. */
    static void write(Connection writer, List<Change> changes) throws SQLException {
        Map<Table<? extends Kept>, List<Change>> byTable = new LinkedHashMap<>();
        Tables.ALL.forEach(table -> byTable.put(table, new ArrayList<>()));
        changes.forEach(change -> byTable.computeIfAbsent(Tables.of(change.kind()), table -> new ArrayList<>())
                .add(change));
        for (Map.Entry<Table<? extends Kept>, List<Change>> each : byTable.entrySet()) {
            if (!each.getValue().isEmpty()) {
                write(writer, each.getKey(), each.getValue());
            }
        }
    }

    private static void write(Connection writer, Table<? extends Kept> table, List<Change> changes)
            throws SQLException {
        try (PreparedStatement delete = writer.prepareStatement(table.delete())) {
            for (Change change : changes) {
                delete.setString(1, change.id());
                delete.addBatch();
            }
            delete.executeBatch();
        }
        List<Kept> there = changes.stream()
                .flatMap(change -> Stream.ofNullable(change.value()))
                .toList();
        if (!there.isEmpty()) {
            try (PreparedStatement insert = writer.prepareStatement(table.insert())) {
                for (Kept kept : there) {
                    table.bind(insert, kept);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    /** Writes every row as of one moment to a new file. */
    static void dump(Connection reader, Path file) throws SQLException, IOException {
        reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ); // one moment for all tables
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Table<? extends Kept> table : Tables.ALL) {
                try (PreparedStatement select = reader.prepareStatement(table.select() + " order by id");
                        ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        out.write(DumpLine.of(table, table.row(rows)));
                        out.newLine();
                    }
                }
            }
        }
        reader.rollback();
    }
}
