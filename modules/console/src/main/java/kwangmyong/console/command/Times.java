package kwangmyong.console.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the times and durations that people type. */
final class Times {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    private Times() {}

    /**
     * Reads {@code 90s}, {@code 45m}, {@code 2h}, {@code 1d12h}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a time (expected: such as 45m, 2h or 1d12h)");
        }
        return Duration.ofDays(number(parts.group(1)))
                .plusHours(number(parts.group(2)))
                .plusMinutes(number(parts.group(3)))
                .plusSeconds(number(parts.group(4)));
    }

    /**
     * Reads {@code 2026-03-01T09:00:00Z}, {@code 2026-03-01T18:00:00+09:00}, {@code 2026-03-01T18:00}, {@code 2026-03-01} (its first moment) or
     * {@code 18:00} (today), the last three in the lab's zone.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static Instant instant(String text, Instant now, ZoneId zone) {
        try {
            if (hasOffset(text)) {
                return OffsetDateTime.parse(text).toInstant();
            } else if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            return text.contains("T")
                    ? LocalDateTime.parse(text).atZone(zone).toInstant()
                    : now.atZone(zone).with(LocalTime.parse(text)).toInstant();
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time (expected: such as 18:00, 2026-03-01T18:00 or 2026-03-01T09:00:00Z)",
                    malformed);
        }
    }

    /** Whether {@code Z} or such as {@code +09:00} ends what has a {@code T}. */
    private static boolean hasOffset(String text) {
        int sign = text.length() - "+00:00".length();
        return text.indexOf('T') >= 0
                && (text.endsWith("Z") || (sign > 0 && (text.charAt(sign) == '+' || text.charAt(sign) == '-')));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
