package kwangmyong.access.watch;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;

/**
 * At which hours of the day somebody is usually there. Says nothing before it has seen a few days; what is weeks ago counts ever less.
 */
final class Habit {
    private static final int HOURS = 24;
    private static final int LEAST_DAYS = 3;
    private static final double LEAST_EVENTS = 200;
    /** Of all events, those of the hour and the two beside it. */
    private static final double HARDLY_EVER = 0.02;
    /** What of a count is left a day later: half after about ten. */
    private static final double KEPT = 0.93;

    private final double[] events = new double[HOURS];
    /** Not part of the habit before the day is over: whoever comes at an odd hour does not make it a usual one by staying. */
    private final double[] today = new double[HOURS];

    private LocalDate day = LocalDate.MIN;
    private int days;

    /** Counts what was done at a local time; says whether it is an odd hour for it. */
    boolean isOdd(LocalDateTime time, int count) {
        if (!time.toLocalDate().equals(day)) {
            day = time.toLocalDate();
            days++;
            for (int i = 0; i < HOURS; i++) {
                events[i] = events[i] * KEPT + today[i];
                today[i] = 0;
            }
        }
        int hour = time.getHour();
        double all = Arrays.stream(events).sum();
        double near = events[(hour + HOURS - 1) % HOURS] + events[hour] + events[(hour + 1) % HOURS];
        boolean odd = days > LEAST_DAYS && all >= LEAST_EVENTS && near < all * HARDLY_EVER;
        today[hour] += count;
        return odd;
    }
}
