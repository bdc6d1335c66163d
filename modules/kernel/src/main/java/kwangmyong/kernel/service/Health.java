package kwangmyong.kernel.service;

import org.jspecify.annotations.Nullable;

/**
 * How a part of the lab is doing.
 *
 * @param why one sentence for people; null when it is up
 */
public record Health(State state, @Nullable String why) {
    /** It does all that it is there for. */
    public static final Health UP = new Health(State.UP, null);

    /** It does not listen: not started, or stopped. */
    public static final Health DOWN = new Health(State.DOWN, "it is not listening");

    public Health {
        if ((state == State.UP) != (why == null)) {
            throw new IllegalArgumentException(state + " with '" + why + "' (expected: a reason unless it is up)");
        }
    }

    /** It answers, but not as it should. */
    public static Health degraded(String why) {
        return new Health(State.DEGRADED, why);
    }

    /** How well, best first. */
    public enum State {
        UP,
        DEGRADED,
        DOWN
    }
}
