package kwangmyong.access.remote;

import java.time.Duration;
import java.time.Instant;
import kwangmyong.kernel.service.LabClock;

/** The controller's clock as it was last heard, running on by the machine's monotonic clock. Small differences are the network's and change nothing. */
public final class RemoteClock implements LabClock {
    private static final Duration HEARD_LATE = Duration.ofMillis(100);

    private volatile Reading last;

    private record Reading(Instant lab, long nanos, double speed) {
        Instant now() {
            long passed = System.nanoTime() - nanos;
            return lab.plusNanos(speed == 1 ? passed : (long) (passed * speed));
        }
    }

    /** @param start what it shows until the controller was heard */
    public RemoteClock(Instant start, double speed) {
        last = new Reading(start, System.nanoTime(), speed);
    }

    @Override
    public Instant now() {
        return last.now();
    }

    double speed() {
        return last.speed;
    }

    /** What the controller's clock shows. */
    void heard(Instant lab, double speed) {
        Reading before = last;
        Duration off = Duration.between(before.now(), lab).abs();
        if (speed != before.speed || off.compareTo(HEARD_LATE.multipliedBy(Math.max(1, (long) Math.ceil(speed)))) > 0) {
            last = new Reading(lab, System.nanoTime(), speed);
        }
    }
}
