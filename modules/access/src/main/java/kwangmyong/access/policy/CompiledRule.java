package kwangmyong.access.policy;

import java.time.Instant;
import java.util.Set;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.clearance.Classification;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Hours;
import kwangmyong.kernel.policy.Ports;
import kwangmyong.kernel.policy.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A rule under one of its names, as {@link Decisions} wants it: close together what is looked at for every access. Sets that are empty in the
 * declaration are null here, and actions are a mask.
 */
final class CompiledRule {
    private static final int USUAL_ACTIONS = ~(bit(Action.TRANSFER) | bit(Action.FLOW));

    /** As {@link Rank} says. */
    final long rank;

    final String id;
    final boolean forbids;
    final Classification needed;
    private final int neededLevel;
    private final long neededCompartments;
    final @Nullable Set<String> subjects;
    final @Nullable Set<String> attachments;
    final int actions;
    final @Nullable Hours hours;
    final boolean withoutLogIn;
    final boolean overTcpOnly;
    final boolean intercepted;
    private final Ports @Nullable [] ports;
    private final @Nullable Denials denials;

    CompiledRule(Rule rule, long rank) {
        this.rank = rank;
        id = rule.id();
        forbids = rule.effect() == Rule.Effect.DENY;
        needed = rule.needed();
        neededLevel = needed.level();
        neededCompartments = needed.compartments();
        subjects = rule.subjects().isEmpty() ? null : rule.subjects();
        attachments = rule.attachments().isEmpty() ? null : rule.attachments();
        actions = rule.actions().isEmpty() ? USUAL_ACTIONS : mask(rule.actions());
        hours = rule.hours();
        withoutLogIn = rule.withoutLogIn();
        denials = rule.denial();
        overTcpOnly = rule.overTcpOnly();
        intercepted = rule.intercepted();
        ports = rule.ports().isEmpty() ? null : rule.ports().toArray(Ports[]::new);
    }

    @SuppressWarnings("EnumOrdinal") // a bit each, of this run alone
    static int bit(Action action) {
        return 1 << action.ordinal();
    }

    /** Whether every flow is as good as another to it. */
    boolean isOfEveryPort() {
        return ports == null;
    }

    /** Whether it speaks of an action on a name, rather than of a flow. */
    boolean speaksOf(int actionBit) {
        return (actions & actionBit) != 0 && ports == null;
    }

    /** Whether it speaks of a flow; null for what is none. */
    boolean speaksOf(Resource.@Nullable Flow flow) {
        if (ports == null) {
            return true;
        }
        for (Ports some : ports) {
            if (flow != null && some.covers(flow)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code held} dominates what is needed. */
    boolean isSatisfiedBy(Clearance held) {
        return held.level() >= neededLevel && (neededCompartments & ~held.compartments()) == 0;
    }

    /**
     * Why it does not hold, or, for a permission, is not enough; null when it decides.
     *
     * @param subject null for nobody
     */
    @Nullable
    Reason fault(@Nullable String subject, String attachment, Clearance held, Instant when) {
        if (subject == null && !withoutLogIn) {
            return Reason.NOT_LOGGED_IN;
        } else if (subjects != null && (subject == null || !subjects.contains(subject))) {
            return Reason.WRONG_SUBJECT;
        } else if (attachments != null && !attachments.contains(attachment)) {
            return Reason.WRONG_PLACE;
        } else if (hours != null && !hours.contains(when)) {
            return Reason.WRONG_HOUR;
        } else if (!forbids && !isSatisfiedBy(held)) {
            return Reason.CLEARANCE;
        }
        return null;
    }

    /** @param usual how denials look where the rule does not say */
    Presentation denial(Denials usual, Layer layer) {
        return look(denials == null ? usual : denials, layer);
    }

    static Presentation look(Denials denials, Layer layer) {
        return switch (layer) {
            case DNS -> denials.dns();
            case MAIL -> denials.mail();
            case BORDER -> denials.border();
            case GATEWAY, PORTAL, CONSOLE -> denials.http();
        };
    }

    private static int mask(Set<Action> actions) {
        int mask = 0;
        for (Action action : actions) {
            mask |= bit(action);
        }
        return mask;
    }
}
