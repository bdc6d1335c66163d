package kwangmyong.bench.recipe;

import java.time.Duration;

/**
 * A program that runs for as long as a trial.
 *
 * @param name of its log
 * @param run a line for the shell; the program stays in front
 * @param within by when it must be ready
 */
public record ProgramSpec(String name, String run, Ready ready, Duration within) {
    /** When a recipe says nothing. */
    public static final Duration USUALLY_WITHIN = Duration.ofSeconds(10);

    public ProgramSpec {
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("within: " + within + " (expected: longer than nothing)");
        }
    }
}
