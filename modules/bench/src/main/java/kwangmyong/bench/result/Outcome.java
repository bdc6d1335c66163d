package kwangmyong.bench.result;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a trial, or of one probe in it. */
public enum Outcome {
    /** Every probe that counts brought the token that only the world's host knows. */
    THROUGH,
    /** Some did. */
    PARTLY,
    /** None did, and the tool and the lab were in order. */
    BLOCKED,
    /** Not run, for a reason that is said. */
    SKIPPED,
    /** The tool, its recipe or the lab failed, so that nothing is known of the regime. */
    ERROR;

    /** As in trial.json: {@code through}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
