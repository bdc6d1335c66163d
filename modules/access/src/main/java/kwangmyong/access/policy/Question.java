package kwangmyong.access.policy;

import java.time.Instant;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.clearance.Clearance;
import org.jspecify.annotations.Nullable;

/**
 * One access on its way through the index: it is shown entries in any order and remembers which of them decides and which explains. Of one
 * thread, for one decision.
 */
final class Question {
    private final @Nullable String subject;
    private final String attachment;
    private final Clearance held;
    private final int action;
    private final Instant when;

    private @Nullable Entry decider;
    private @Nullable Entry shortfall;
    private Reason shortOf = Reason.NO_RULE;

    /** @param subject null when nobody is there; {@code held} is then {@link Clearance#NONE} */
    Question(@Nullable String subject, String attachment, Clearance held, int action, Instant when) {
        this.subject = subject;
        this.attachment = attachment;
        this.held = held;
        this.action = action;
        this.when = when;
    }

    /** Shows entries, lowest rank first. */
    void consider(Entry[] entries) {
        for (Entry entry : entries) {
            if (decider != null && decider.rank() < entry.rank()) {
                return;
            }
            if ((entry.rule().actions & action) != 0) {
                consider(entry);
            }
        }
    }

    private void consider(Entry entry) {
        CompiledRule rule = entry.rule();
        Reason fault = fault(rule);
        if (fault == null) {
            decider = entry;
        } else if (!rule.forbids && subject != null && (shortfall == null || entry.rank() < shortfall.rank())) {
            shortfall = entry;
            shortOf = fault;
        }
    }

    /** Why a rule does not hold, or, for a permission, is not enough; null when it decides. */
    private @Nullable Reason fault(CompiledRule rule) {
        if (subject == null && !rule.withoutLogIn) {
            return Reason.NOT_LOGGED_IN;
        } else if (rule.subjects != null && (subject == null || !rule.subjects.contains(subject))) {
            return Reason.WRONG_SUBJECT;
        } else if (rule.attachments != null && !rule.attachments.contains(attachment)) {
            return Reason.WRONG_PLACE;
        } else if (rule.hours != null && !rule.hours.contains(when)) {
            return Reason.WRONG_HOUR;
        } else if (!rule.forbids && !held.dominates(rule.needed)) {
            return Reason.CLEARANCE;
        }
        return null;
    }

    boolean isDecided() {
        return decider != null;
    }

    @Nullable
    CompiledRule decider() {
        return decider == null ? null : decider.rule();
    }

    /** The first permission that fell short; null when none did. */
    @Nullable
    CompiledRule shortfall() {
        return shortfall == null ? null : shortfall.rule();
    }

    Reason shortOf() {
        return shortOf;
    }
}
