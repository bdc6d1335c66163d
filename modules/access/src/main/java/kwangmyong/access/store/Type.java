package kwangmyong.access.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a column holds, as the database has it and as text for a dump. */
enum Type {
    TEXT(Types.VARCHAR) {
        @Override
        Object toSql(Object value) {
            return value;
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getString(column);
        }

        @Override
        Object parse(String text) {
            return text;
        }
    },
    /** Texts without line breaks, one a line. */
    WORDS(Types.VARCHAR) {
        @Override
        Object toSql(Object value) {
            return text(value);
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return parse(row.getString(column));
        }

        @Override
        String text(Object value) {
            return String.join(
                    "\n", ((List<?>) value).stream().map(Object::toString).toList());
        }

        @Override
        Object parse(String text) {
            return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
        }
    },
    TIME(Types.TIMESTAMP_WITH_TIMEZONE) {
        @Override
        Object toSql(Object value) {
            return ((Instant) value).atOffset(ZoneOffset.UTC);
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }

        @Override
        Object parse(String text) {
            return Instant.parse(text);
        }
    },
    DAY(Types.DATE) {
        @Override
        Object toSql(Object value) {
            return value;
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getObject(column, LocalDate.class);
        }

        @Override
        Object parse(String text) {
            return LocalDate.parse(text);
        }
    },
    COUNT(Types.BIGINT) {
        @Override
        Object toSql(Object value) {
            return value;
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getLong(column);
        }

        @Override
        Object parse(String text) {
            return Long.valueOf(text);
        }
    };

    private final int sqlType;

    Type(int sqlType) {
        this.sqlType = sqlType;
    }

    abstract Object toSql(Object value);

    abstract @Nullable Object read(ResultSet row, int column) throws SQLException;

    /** @throws RuntimeException when the text is nothing of this type */
    abstract Object parse(String text);

    String text(Object value) {
        return value.toString();
    }

    void bind(PreparedStatement statement, int parameter, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(parameter, sqlType);
        } else {
            statement.setObject(parameter, toSql(value));
        }
    }
}
