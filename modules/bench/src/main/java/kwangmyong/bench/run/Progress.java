package kwangmyong.bench.run;

import java.time.Duration;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.result.Trial;
import org.jspecify.annotations.Nullable;

/** Whoever watches an experiment. Called by several threads, one at a time. */
public interface Progress {
    void begins(TrialId id);

    /**
     * A trial is over.
     *
     * @param done how many are, of {@code all}
     * @param left how long the rest will take; null before anything is known of that
     */
    void ended(TrialId id, Trial trial, int done, int all, @Nullable Duration left);

    /** A lab failed, or could not be set up; its trial is tried once more, or left. */
    void failed(String regime, String why);
}
