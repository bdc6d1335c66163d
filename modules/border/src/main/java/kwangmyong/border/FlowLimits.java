package kwangmyong.border;

import java.time.Duration;

/**
 * How many flows are known, and for how long without a packet.
 *
 * @param most 1 to 1,000,000; a packet of one more is dropped
 * @param opening TCP until both ends have spoken
 * @param open TCP
 * @param closing TCP after its end
 * @param datagrams anything else
 */
public record FlowLimits(int most, Duration opening, Duration open, Duration closing, Duration datagrams) {
    public static final FlowLimits DEFAULT = new FlowLimits(
            65_536, Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofMinutes(2));

    private static final int MOST = 1_000_000;

    public FlowLimits {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("flows: " + most + " (expected: 1-" + MOST + ")");
        }
    }
}
