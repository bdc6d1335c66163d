package kwangmyong.lab.parts;

import java.time.Instant;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.lab.config.LabDeclaration;

/**
 * The lab's clock in a running lab: it begins where the lab says and runs at the speed that the lab says, on the machine's monotonic clock. It can
 * be moved forward, never back: sessions that have ended and lines of the journal stay in the past.
 */
public final class RunningClock implements LabClock {
    private final double speed;
    private volatile Reading last;

    /** What the clock showed at a moment of the machine. */
    private record Reading(Instant lab, long nanos) {}

    /** The clock as a lab declares it, from now on. */
    public static RunningClock of(LabDeclaration declaration) {
        Instant start = declaration.clock().start();
        return new RunningClock(
                start == null ? Instant.now() : start,
                declaration.clock().speed().doubleValue());
    }

    /**
     * Starts the clock.
     *
     * @param speed seconds of lab time for each second of the machine's; 0 stands still
     */
    private RunningClock(Instant start, double speed) {
        this.speed = speed;
        this.last = new Reading(start, System.nanoTime());
    }

    @Override
    public Instant now() {
        Reading from = last;
        long passed = System.nanoTime() - from.nanos;
        return from.lab.plusNanos(speed == 1 ? passed : (long) (passed * speed));
    }

    /**
     * Moves the clock forward.
     *
     * @return where it stood
     * @throws IllegalArgumentException when {@code to} is in the past
     */
    public synchronized Instant moveTo(Instant to) {
        Instant before = now();
        if (to.isBefore(before)) {
            throw new IllegalArgumentException("the lab's clock cannot go back to " + to + ": it is " + before);
        }
        last = new Reading(to, System.nanoTime());
        return before;
    }
}
