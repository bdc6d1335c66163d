package kwangmyong.lab;

import java.time.Instant;
import kwangmyong.kernel.service.LabClock;

/** The lab's clock in a running lab: it begins where the lab says and runs at the speed that the lab says, on the machine's monotonic clock. */
final class RunningClock implements LabClock {
    private final Instant start;
    private final double speed;
    private final long startNanos = System.nanoTime();

    /**
     * Starts the clock.
     *
     * @param speed seconds of lab time for each second of the machine's; 0 stands still
     */
    RunningClock(Instant start, double speed) {
        this.start = start;
        this.speed = speed;
    }

    @Override
    public Instant now() {
        long passed = System.nanoTime() - startNanos;
        return start.plusNanos(speed == 1 ? passed : (long) (passed * speed));
    }
}
