package kwangmyong.access.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One row, by columns counted from 0 behind the id. A column that must not be null and is one throws {@link NullPointerException}. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Row(String id, @Nullable Object[] columns) {
    String text(int column) {
        return (String) Objects.requireNonNull(columns[column]);
    }

    @Nullable
    String textOrNull(int column) {
        return (String) columns[column];
    }

    @SuppressWarnings("unchecked") // as Type.WORDS makes it
    List<String> words(int column) {
        return (List<String>) Objects.requireNonNull(columns[column]);
    }

    Instant time(int column) {
        return (Instant) Objects.requireNonNull(columns[column]);
    }

    @Nullable
    Instant timeOrNull(int column) {
        return (Instant) columns[column];
    }

    LocalDate day(int column) {
        return (LocalDate) Objects.requireNonNull(columns[column]);
    }

    long count(int column) {
        return (Long) Objects.requireNonNull(columns[column]);
    }

    Kept.Whose whose(int column) {
        return Kept.Whose.valueOf(text(column));
    }
}
