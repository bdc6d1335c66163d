package kwangmyong.access.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one kind of thing is kept: the table's name, its columns behind {@code id}, and a row to and from the thing.
 *
 * @param columns in the order of {@code values} and of what {@code read} is given
 */
record Table<T extends Kept>(Class<T> kind, String name, List<Column> columns, Values<T> values, Read<T> read) {
    /** A column and what is in it. */
    record Column(String name, Type type) {}

    /** The columns of a thing, without its id. */
    @FunctionalInterface
    interface Values<T> {
        @Nullable
        Object[] of(T thing);
    }

    /** The thing in a row. */
    @FunctionalInterface
    interface Read<T> {
        T from(Row row);
    }

    String insert() {
        String names = String.join(", ", columns.stream().map(Column::name).toList());
        String marks = String.join(", ", Collections.nCopies(columns.size() + 1, "?"));
        return "insert into " + name + " (id" + (names.isEmpty() ? "" : ", " + names) + ") values (" + marks + ")";
    }

    String delete() {
        return "delete from " + name + " where id = ?";
    }

    String select() {
        String names = String.join(", ", columns.stream().map(Column::name).toList());
        return "select id" + (names.isEmpty() ? "" : ", " + names) + " from " + name;
    }

    void bind(PreparedStatement insert, Kept kept) throws SQLException {
        insert.setString(1, kept.id());
        @Nullable Object[] all = values.of(kind.cast(kept));
        for (int i = 0; i < all.length; i++) {
            columns.get(i).type().bind(insert, i + 2, all[i]);
        }
    }

    T row(ResultSet result) throws SQLException {
        @Nullable Object[] all = new @Nullable Object[columns.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = columns.get(i).type().read(result, i + 2);
        }
        return read.from(new Row(result.getString(1), all));
    }
}
