package kwangmyong.border.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import kwangmyong.border.api.Condition;
import org.junit.jupiter.api.Test;

class LineTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void aClearLineHoldsNothingUp() {
        assertThat(arrivals(Condition.CLEAR, 100, i -> i * 10))
                .isEqualTo(LongStream.range(0, 100).map(i -> i * 10).boxed().toList());
    }

    @Test
    void delayIsAddedAndJitterStaysWithinItsBoundsAndKeepsTheOrder() {
        List<Long> arrivals = arrivals(
                new Condition(Duration.ofMillis(80), Duration.ofMillis(10), 0, 0), 10_000, i -> i * MILLISECOND);

        for (int i = 0; i < arrivals.size(); i++) {
            long late = arrivals.get(i) - i * MILLISECOND;
            assertThat(late).isBetween(70 * MILLISECOND, 90 * MILLISECOND);
        }
        assertThat(arrivals).isSorted();
        assertThat(arrivals.stream().distinct().count()).isGreaterThan(1_000);
    }

    @Test
    void asManyAreLostAsWasSaid() {
        long lost = arrivals(new Condition(Duration.ZERO, Duration.ZERO, 0.05, 0), 100_000, i -> i).stream()
                .filter(arrival -> arrival == Line.LOST)
                .count();

        assertThat(lost).isBetween(4_700L, 5_300L);
    }

    @Test
    void theRateIsKeptAndWhatWouldWaitTooLongIsDropped() {
        // 1,250 octets at 2 Mbit/s take 5 ms
        List<Long> arrivals = arrivals(new Condition(Duration.ZERO, Duration.ZERO, 0, 2_000_000), 100, i -> 0);

        assertThat(arrivals.subList(0, 3)).containsExactly(5 * MILLISECOND, 10 * MILLISECOND, 15 * MILLISECOND);
        assertThat(arrivals.stream().filter(arrival -> arrival != Line.FULL).count())
                .isEqualTo(51);
        assertThat(arrivals.get(99)).isEqualTo(Line.FULL);
    }

    @Test
    void aSlowLineStillTakesAFewPackets() {
        List<Long> arrivals = arrivals(new Condition(Duration.ZERO, Duration.ZERO, 0, 10_000), 40, i -> 0);

        assertThat(arrivals.stream().filter(arrival -> arrival != Line.FULL).count())
                .isEqualTo(20);
    }

    private static List<Long> arrivals(Condition condition, int count, LongUnaryOperator when) {
        Line line = new Line();
        line.set(condition);
        return LongStream.range(0, count)
                .map(i -> line.arrival(when.applyAsLong(i), 1_250, Dice.roll(7, i)))
                .boxed()
                .toList();
    }
}
