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
    /** Whether it has something to say of a trial; of one that was skipped, nothing is known. */
    public boolean speaksOf(Trial trial) {
        return (trial.outcome() != Outcome.SKIPPED || outcome == Outcome.SKIPPED)
                && (tool == null || tool.equals(trial.tool()))
                && (regime == null || regime.equals(trial.regime()))
                && (condition == null || condition.equals(trial.condition()));
    }

    /** Whether a trial that it speaks of came out so. */
    public boolean isMetBy(Trial trial) {
        return trial.outcome() == outcome;
    }
}
