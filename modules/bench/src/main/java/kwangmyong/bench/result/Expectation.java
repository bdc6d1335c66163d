package kwangmyong.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * What theory is sure of.
 *
 * @param tool null for every tool
 * @param regime null for every regime
 * @param condition null for every condition
 */
public record Expectation(
        @Nullable String tool,
        @Nullable String regime,
        @Nullable String condition,
        Outcome outcome) {
    public boolean speaksOf(Trial trial) {
        return (tool == null || tool.equals(trial.tool()))
                && (regime == null || regime.equals(trial.regime()))
                && (condition == null || condition.equals(trial.condition()));
    }

    /** Whether a trial that it speaks of came out so. */
    public boolean isMetBy(Trial trial) {
        return trial.outcome() == outcome;
    }
}
