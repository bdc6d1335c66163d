package kwangmyong.gateway;

import java.time.Duration;

/** Until when something must have happened, by the machine's monotonic clock. */
final class Deadline {
    private long at;

    /** From now on there is this long. */
    void in(Duration time) {
        at = System.nanoTime() + time.toNanos();
    }

    /** From now on there is all the time in the world. */
    void never() {
        at = System.nanoTime() + Long.MAX_VALUE / 2;
    }

    /** When it passes, as {@link System#nanoTime}. */
    long at() {
        return at;
    }

    /**
     * Whether it has passed.
     *
     * @param now as {@link System#nanoTime}
     */
    boolean hasPassed(long now) {
        return at - now < 0;
    }
}
