package kwangmyong.access.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each layer decides of one target for one subject.
 *
 * @param subject null for nobody
 * @param attachment null at an unknown terminal
 * @param present whether the subject is at that terminal now; false too where no lab is asked. When false, this is what would be decided
 *     were they there
 * @param held as words; null for nobody
 * @param policy the hash of the rules in force
 */
public record Explanation(
        @Nullable String subject,
        String target,
        String terminal,
        @Nullable String attachment,
        boolean present,
        Instant at,
        @Nullable String held,
        String policy,
        List<LayerDecision> decisions) {
    public Explanation {
        decisions = List.copyOf(decisions);
    }

    /** Whether every layer allows it. */
    public boolean isAllowed() {
        return decisions.stream().allMatch(LayerDecision::isAllowed);
    }
}
