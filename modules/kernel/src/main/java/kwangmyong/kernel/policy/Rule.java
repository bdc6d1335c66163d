package kwangmyong.kernel.policy;

import java.util.List;
import java.util.Set;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.clearance.Classification;
import org.jspecify.annotations.Nullable;

/**
 * What may be reached, by whom, from where, when.
 *
 * <p>Of the rules that speak of an access, those with the more specific name come first, and among equals denials before permissions,
 * then the order of writing. The first denial ends the matter; the first permission whose classification the held clearance
 * dominates allows; where none does, the first permission that fell short explains the denial. No rule at all: denied.
 *
 * @param names what it speaks of; at least one
 * @param needed what a permission demands of the clearance held; of no effect on a denial
 * @param subjects whom it speaks of by name; empty is everyone with a session
 * @param attachments from where; empty is everywhere
 * @param actions doing what; empty is everything
 * @param hours when; null is always
 * @param withoutLogIn whether it also speaks of terminals that nobody has logged in at
 * @param denial how this rule's denials look instead of the lab's default; null for the default
 */
public record Rule(
        String id,
        Effect effect,
        List<NamePattern> names,
        Classification needed,
        Set<String> subjects,
        Set<String> attachments,
        Set<Action> actions,
        @Nullable Hours hours,
        boolean withoutLogIn,
        @Nullable Denials denial) {
    public Rule {
        names = List.copyOf(names);
        subjects = Set.copyOf(subjects);
        attachments = Set.copyOf(attachments);
        actions = Set.copyOf(actions);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("rule " + id + " names nothing");
        }
    }

    /** Whether a rule permits or forbids. */
    public enum Effect {
        ALLOW,
        DENY
    }

    /** How this rule's denials look, or the lab's way where it has none of its own. */
    public Denials denialOr(Denials labDefault) {
        return denial == null ? labDefault : denial;
    }
}
