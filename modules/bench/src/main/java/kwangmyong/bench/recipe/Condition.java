package kwangmyong.bench.recipe;

import java.time.Duration;

/**
 * How the way to the world behaves.
 *
 * @param delay of each packet, one way
 * @param jitter by how much the delay differs, at most, either way
 * @param loss the share of packets lost, 0 to 1
 * @param rate in bits a second, each way; 0 for no limit
 */
public record Condition(String name, Duration delay, Duration jitter, double loss, long rate) {
    public Condition {
        if (delay.isNegative() || jitter.isNegative() || jitter.compareTo(delay) > 0) {
            throw new IllegalArgumentException(
                    "jitter: " + jitter.toMillis() + "ms (expected: at most the delay, " + delay.toMillis() + "ms)");
        }
        if (!(loss >= 0 && loss <= 1) || rate < 0) {
            throw new IllegalArgumentException("loss " + loss + ", rate " + rate + " (expected: 0-1, at least 0)");
        }
    }

    /** Nothing is held up. */
    public static Condition plain(String name) {
        return new Condition(name, Duration.ZERO, Duration.ZERO, 0, 0);
    }

    /** Whether it changes nothing. */
    public boolean isPlain() {
        return delay.isZero() && loss == 0 && rate == 0;
    }
}
