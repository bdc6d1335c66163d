package kwangmyong.border.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a way does to packets, each way alike. They keep their order, whatever the jitter.
 *
 * @param delay of each packet, up to 10 s
 * @param jitter by how much a packet's delay differs at most, either way; not above {@code delay}
 * @param loss the share of packets that vanish, 0 to 1
 * @param rate bits a second, Ethernet headers included; 0 is without limit. What would wait for more than a quarter of a second is dropped
 */
public record Condition(Duration delay, Duration jitter, double loss, long rate) {
    public static final Duration LONGEST = Duration.ofSeconds(10);

    /** Bits a second below which a single packet would wait for seconds. */
    public static final long SLOWEST = 1_000;

    public static final long FASTEST = 100_000_000_000L;

    /** As if there were nothing; below the limits that it is held to. */
    public static final Condition CLEAR = new Condition(Duration.ZERO, Duration.ZERO, 0, 0);

    public Condition {
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "delay: " + delay.toMillis() + "ms (expected: 0ms-" + LONGEST.toSeconds() + "s)");
        } else if (jitter.isNegative() || jitter.compareTo(delay) > 0) {
            throw new IllegalArgumentException(
                    "jitter: " + jitter.toMillis() + "ms (expected: at most the delay, " + delay.toMillis() + "ms)");
        } else if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("loss: " + loss * 100 + "% (expected: 0%-100%)");
        } else if (rate != 0 && (rate < SLOWEST || rate > FASTEST)) {
            throw new IllegalArgumentException("rate: " + rate + "bit (expected: 1kbit-100Gbit)");
        }
    }

    /** As {@code delay 80ms, loss 0.5%}. */
    public String words() {
        List<String> words = new ArrayList<>();
        if (!delay.isZero()) {
            words.add("delay " + millis(delay));
        }
        if (!jitter.isZero()) {
            words.add("jitter " + millis(jitter));
        }
        if (loss > 0) {
            words.add("loss " + plain(BigDecimal.valueOf(loss).movePointRight(2)) + "%");
        }
        if (rate > 0) {
            words.add("rate " + rate + "bit");
        }
        return words.isEmpty() ? "clear" : String.join(", ", words);
    }

    private static String millis(Duration time) {
        return plain(BigDecimal.valueOf(time.toNanos(), 6)) + "ms";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    public boolean isClear() {
        return equals(CLEAR);
    }
}
