package kwangmyong.bench.run;

import java.io.IOException;
import kwangmyong.bench.recipe.TrialId;

/** Whoever runs trials: a lab of its own for each hand. Any thread may hire; a hand is one thread's. */
public interface Crew {
    /**
     * Sets up a lab of a regime.
     *
     * @throws IOException when it cannot be, saying why
     */
    Hand hire(String regime) throws IOException, InterruptedException;

    /** A lab that runs one trial after another. */
    interface Hand extends AutoCloseable {
        /**
         * Runs a trial; its folder has a trial.json then, and may have one where this throws.
         *
         * @throws IOException when the lab is of no use any more
         */
        void run(TrialId id) throws IOException, InterruptedException;

        @Override
        void close();
    }
}
