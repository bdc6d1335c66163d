package kwangmyong.lab.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Reads moments: a date, which is its first moment, a local time, or one with an offset. */
public final class Times {
    private Times() {}

    /** The moment, or a fault. */
    static Optional<Instant> read(Value value, ZoneId zone) {
        try {
            return Optional.of(parse(value.text().strip(), zone));
        } catch (DateTimeException notATime) {
            value.refuse("is no time (expected: 2026-03-01, 2026-03-01T09:00 or 2026-03-01T09:00:00+09:00)");
            return Optional.empty();
        }
    }

    /**
     * Reads a moment.
     *
     * @param zone of dates and local times
     * @throws DateTimeException when it is none
     */
    public static Instant parse(String text, ZoneId zone) {
        if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        return text.matches(".*T.*(Z|[+-]\\d\\d(:?\\d\\d)?)")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(zone).toInstant();
    }
}
