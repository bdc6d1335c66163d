package kwangmyong.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EstimateTest {
    /** Worked by hand: logarithms 0, ln 2, ln 4; their standard error ln 2 / √3; t(0.975, 2) = 4.302653. */
    @Test
    void theIntervalIsStudentsOnTheLogarithms() {
        Estimate estimate = Estimate.of(List.of(4.0, 1.0, 2.0));
        double reach = 4.302653 * Math.log(2) / Math.sqrt(3);
        assertThat(estimate.n()).isEqualTo(3);
        assertThat(estimate.median()).isEqualTo(2);
        assertThat(estimate.mean()).isCloseTo(2, within(1e-9));
        Estimate.Interval interval = interval(estimate);
        assertThat(interval.low()).isCloseTo(2 * Math.exp(-reach), within(1e-6));
        assertThat(interval.high()).isCloseTo(2 * Math.exp(reach), within(1e-5));
    }

    @Test
    void oneValueHasNoInterval() {
        Estimate estimate = Estimate.of(List.of(0.3));
        assertThat(estimate.mean()).isEqualTo(0.3);
        assertThat(estimate.interval()).isNull();
    }

    @Test
    void aValueThatIsNotPositiveLeavesTheMedian() {
        Estimate estimate = Estimate.of(List.of(0.0, 1.0, 2.0, 5.0));
        assertThat(estimate.median()).isEqualTo(1.5);
        assertThat(estimate.mean()).isNull();
        assertThat(estimate.interval()).isNull();
    }

    @Test
    void equalValuesHaveAnIntervalWithoutWidth() {
        Estimate.Interval interval = interval(Estimate.of(List.of(0.25, 0.25, 0.25)));
        assertThat(interval.low()).isCloseTo(0.25, within(1e-12));
        assertThat(interval.high()).isCloseTo(0.25, within(1e-12));
    }

    /** What 95 % means: of 2,000 experiments with three repetitions each, so many intervals hold the truth. */
    @Test
    void nineteenOfTwentyIntervalsHoldTheTruth() {
        Random random = new Random(7);
        int held = 0;
        for (int experiment = 0; experiment < 2_000; experiment++) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                values.add(0.4 * Math.exp(random.nextGaussian() * 0.3));
            }
            Estimate.Interval interval = interval(Estimate.of(values));
            held += interval.low() <= 0.4 && 0.4 <= interval.high() ? 1 : 0;
        }
        assertThat(held / 2_000.0).isBetween(0.93, 0.97);
    }

    @Test
    void intervalsThatTouchOverlap() {
        Estimate.Interval one = new Estimate.Interval(1, 2);
        assertThat(one.overlaps(new Estimate.Interval(2, 3))).isTrue();
        assertThat(one.overlaps(new Estimate.Interval(0.5, 4))).isTrue();
        assertThat(one.overlaps(new Estimate.Interval(2.1, 3))).isFalse();
        assertThat(one.overlaps(new Estimate.Interval(0.1, 0.9))).isFalse();
    }

    private static Estimate.Interval interval(Estimate estimate) {
        Estimate.Interval interval = estimate.interval();
        assertThat(interval).isNotNull();
        return interval;
    }
}
