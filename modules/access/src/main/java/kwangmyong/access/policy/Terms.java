package kwangmyong.access.policy;

import java.time.Instant;
import java.util.List;
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
 * All that a {@link Rule} says but its id, its names and its place among others, as {@link Decisions} wants it: sets that are empty in the
 * declaration are null here, and actions are a mask. Most rules of a policy have the same few terms, so those are kept once and are in the
 * processor's cache.
 */
record Terms(
        boolean forbids,
        Classification needed,
        @Nullable Set<String> subjects,
        @Nullable Set<String> attachments,
        int actions,
        @Nullable Hours hours,
        boolean withoutLogIn,
        boolean overTcpOnly,
        boolean intercepted,
        @Nullable List<Ports> ports,
        @Nullable Denials denials) {
    private static final int USUAL_ACTIONS = ~(bit(Action.TRANSFER) | bit(Action.FLOW));

    static Terms of(Rule rule) {
        return new Terms(
                rule.effect() == Rule.Effect.DENY,
                rule.needed(),
                rule.subjects().isEmpty() ? null : rule.subjects(),
                rule.attachments().isEmpty() ? null : rule.attachments(),
                rule.actions().isEmpty() ? USUAL_ACTIONS : mask(rule.actions()),
                rule.hours(),
                rule.withoutLogIn(),
                rule.overTcpOnly(),
                rule.intercepted(),
                rule.ports().isEmpty() ? null : rule.ports(),
                rule.denial());
    }

    @SuppressWarnings("EnumOrdinal") // a bit each, of this run alone
    static int bit(Action action) {
        return 1 << action.ordinal();
    }

    private static int mask(Set<Action> actions) {
        int mask = 0;
        for (Action action : actions) {
            mask |= bit(action);
        }
        return mask;
    }

    /** Whether every flow is as good as another to it. */
    boolean areOfEveryPort() {
        return ports == null;
    }

    boolean speakOf(int actionBit) {
        return (actions & actionBit) != 0;
    }

    /** Whether they speak of a flow; null for what is none. */
    boolean speakOf(Resource.@Nullable Flow flow) {
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

    /**
     * Why a rule does not hold, or, for a permission, is not enough; null when it decides.
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
        } else if (!forbids && !held.dominates(needed)) {
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
}
