package kwangmyong.bench.report;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * What several measurements of one quantity say of it.
 *
 * @param n how many there are, at least 1
 * @param mean the geometric mean; null when a value is not positive
 * @param interval of the geometric mean; null for fewer than two values, or when one is not positive
 */
record Estimate(
        int n,
        double median,
        @Nullable Double mean,
        @Nullable Interval interval) {
    /** Of every interval. */
    static final double CONFIDENCE = 0.95;

    /**
     * The values' estimate. Times and rates of networks are skewed, and their logarithms much less so: the interval is Student's t on the natural
     * logarithms, carried back, and so never reaches zero.
     */
    static Estimate of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: none (expected: at least one)");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        if (sorted[0] <= 0) {
            return new Estimate(n, median, null, null);
        }
        double[] logs = Arrays.stream(sorted).map(Math::log).toArray();
        double mean = Arrays.stream(logs).sum() / n;
        if (n == 1) {
            return new Estimate(n, median, sorted[0], null);
        }
        double squares =
                Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
        double error = Math.sqrt(squares / (n - 1) / n);
        double reach = TDistribution.of(n - 1).inverseSurvivalProbability((1 - CONFIDENCE) / 2) * error;
        return new Estimate(n, median, Math.exp(mean), new Interval(Math.exp(mean - reach), Math.exp(mean + reach)));
    }

    /** From {@code low} to {@code high}, both within. */
    record Interval(double low, double high) {
        boolean overlaps(Interval other) {
            return low <= other.high && other.low <= high;
        }
    }
}
