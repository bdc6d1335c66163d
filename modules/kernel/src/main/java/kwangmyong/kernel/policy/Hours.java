package kwangmyong.kernel.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hours of the lab's clock, such as weekdays from 08:00 to 22:00, for good or between two moments.
 *
 * @param days on which the hours begin
 * @param from inclusive
 * @param to exclusive; earlier than {@code from} runs past midnight; equal to it is the whole day
 * @param since before it nothing lies within; null for no beginning
 * @param until from it on nothing lies within; null for no end
 */
public record Hours(
        Set<DayOfWeek> days,
        LocalTime from,
        LocalTime to,
        ZoneId zone,
        @Nullable Instant since,
        @Nullable Instant until) {
    private static final Instant EARLIEST = Instant.MIN.plus(Duration.ofDays(2));
    private static final Instant LATEST = Instant.MAX.minus(Duration.ofDays(2));

    public Hours {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("hours on no day");
        }
        if (since != null && until != null && !since.isBefore(until)) {
            throw new IllegalArgumentException("since " + since + " until " + until + " is no time at all");
        }
    }

    /** Hours without a beginning or an end. */
    public Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
        this(days, from, to, zone, null, null);
    }

    /** Whether {@code when} lies within; never so for instants that no calendar day names. */
    public boolean contains(Instant when) {
        if (when.isBefore(EARLIEST) || when.isAfter(LATEST)) {
            return false;
        }
        if ((since != null && when.isBefore(since)) || (until != null && !when.isBefore(until))) {
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

    /** The next instant after {@code when} at which these hours may begin or end: never later than they do. */
    public Instant nextTurn(Instant when) {
        if (when.isBefore(EARLIEST) || when.isAfter(LATEST)) {
            return when;
        }
        var local = when.atZone(zone);
        var today = local.toLocalDate();
        Instant next = today.plusDays(1).atStartOfDay(zone).toInstant();
        next = earlier(today.atTime(from).atZone(zone).toInstant(), next, when);
        next = earlier(today.atTime(to).atZone(zone).toInstant(), next, when);
        next = earlier(since, next, when);
        next = earlier(until, next, when);
        // A zone that moves its clocks moves the edges of that day with them.
        var transition = zone.getRules().nextTransition(when);
        return transition != null && transition.getInstant().isBefore(next) ? transition.getInstant() : next;
    }

    private static Instant earlier(@Nullable Instant turn, Instant next, Instant when) {
        return turn != null && turn.isAfter(when) && turn.isBefore(next) ? turn : next;
    }
}
