package kwangmyong.access.policy;

import java.time.Instant;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.clearance.Clearance;
import org.jspecify.annotations.Nullable;

/**
 * One access on its way through the index: it is shown rules in any order and remembers which of them decides and which explains. Of one
 * thread, for one decision.
 */
final class Question {
    private final @Nullable String subject;
    private final String attachment;
    private final Clearance held;
    private final int action;
    private final Instant when;
    private final Resource.@Nullable Flow flow;

    private @Nullable CompiledRule decider;
    private @Nullable CompiledRule shortfall;
    private Reason shortOf = Reason.NO_RULE;

    /**
     * A question that no rule has been shown.
     *
     * @param subject null when nobody is there; {@code held} is then {@link Clearance#NONE}
     * @param flow null where something else is asked for
     */
    Question(
            @Nullable String subject,
            String attachment,
            Clearance held,
            int action,
            Instant when,
            Resource.@Nullable Flow flow) {
        this.subject = subject;
        this.attachment = attachment;
        this.held = held;
        this.action = action;
        this.when = when;
        this.flow = flow;
    }

    /** Shows rules, and the crowd beside them where there is one. */
    void consider(CompiledRule[] rules, @Nullable Crowd crowd) {
        consider(rules);
        if (crowd != null && subject != null) {
            consider(crowd.of(subject));
            CompiledRule first = crowd.firstPermission(action);
            if (first != null && (shortfall == null || first.rank() < shortfall.rank())) {
                shortfall = first; // of another subject: what names this one was just considered
                shortOf = Reason.WRONG_SUBJECT;
            }
        }
    }

    /** Shows rules, lowest rank first. */
    private void consider(CompiledRule[] rules) {
        for (CompiledRule rule : rules) {
            if (decider != null && decider.rank() < rule.rank()) {
                return;
            }
            if (rule.terms().speakOf(action) && rule.terms().speakOf(flow)) {
                consider(rule);
            }
        }
    }

    private void consider(CompiledRule rule) {
        Reason fault = rule.terms().fault(subject, attachment, held, when);
        if (fault == null) {
            decider = rule;
        } else if (!rule.terms().forbids()
                && subject != null
                && (shortfall == null || rule.rank() < shortfall.rank())) {
            shortfall = rule;
            shortOf = fault;
        }
    }

    Resource.@Nullable Flow flow() {
        return flow;
    }

    boolean isDecided() {
        return decider != null;
    }

    @Nullable
    CompiledRule decider() {
        return decider;
    }

    /** The first permission that fell short; null when none did. */
    @Nullable
    CompiledRule shortfall() {
        return shortfall;
    }

    Reason shortOf() {
        return shortOf;
    }
}
