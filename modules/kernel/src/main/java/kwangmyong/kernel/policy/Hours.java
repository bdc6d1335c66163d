package kwangmyong.kernel.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * Hours of the lab's clock, such as weekdays from 08:00 to 22:00.
 *
 * @param days on which the hours begin
 * @param from inclusive
 * @param to exclusive; earlier than {@code from} runs past midnight; equal to it is the whole day
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    private static final Instant EARLIEST = Instant.MIN.plus(Duration.ofDays(2));
    private static final Instant LATEST = Instant.MAX.minus(Duration.ofDays(2));

    public Hours {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("hours on no day");
        }
    }

    /** Whether {@code when} lies within; never so for instants that no calendar day names. */
    public boolean contains(Instant when) {
        if (when.isBefore(EARLIEST) || when.isAfter(LATEST)) {
            return false;
        }
        var local = when.atZone(zone);
        DayOfWeek day = local.getDayOfWeek();
        LocalTime time = local.toLocalTime();
        if (from.equals(to)) {
            return days.contains(day);
        }
        if (from.isBefore(to)) {
            return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
        }
        return !time.isBefore(from) ? days.contains(day) : time.isBefore(to) && days.contains(day.minus(1));
    }
}
