package kwangmyong.access.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose decisions change from one set of rules to another.
 *
 * @param before the hash of the rules before
 * @param after the hash of the rules after
 * @param compared how many decisions were made under both
 * @param changes those that differ in verdict, rule, reason or presentation
 */
public record PolicyDiff(String before, String after, long compared, List<Change> changes) {
    public PolicyDiff {
        changes = List.copyOf(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Without what is allowed or denied as before, for another reason. */
    public PolicyDiff ofVerdicts() {
        return new PolicyDiff(
                before,
                after,
                compared,
                changes.stream().filter(Change::isOfVerdict).toList());
    }

    /**
     * One decision that changes.
     *
     * @param subject null for a terminal that nobody has logged in at
     * @param attachment {@code cafe}, or {@code cafe, then hotel} of terminals that move; null for a terminal that is plugged in nowhere
     * @param resource {@code *.kcna.kp} stands for any other name there
     * @param at a moment at which it differs; null when it does at any
     */
    public record Change(
            @Nullable String subject,
            @Nullable String attachment,
            String layer,
            String action,
            String resource,
            @Nullable Instant at,
            LayerDecision before,
            LayerDecision after) {
        /** Whether somebody may now what they might not, or the other way round; else it falls the same in another way. */
        public boolean isOfVerdict() {
            return !before.verdict().equals(after.verdict());
        }
    }
}
