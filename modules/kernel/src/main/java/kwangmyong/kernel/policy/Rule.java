package kwangmyong.kernel.policy;

import java.util.List;
import java.util.Set;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.clearance.Classification;
import org.jspecify.annotations.Nullable;

/**
 * What may be reached, by whom, from where, when.
 *
 * <p>A rule <em>speaks of</em> an access when one of its names covers the resource's name and it speaks of the action. Of these rules the
 * one with the more specific name comes first (a rule counts with the most specific of its names that cover):
 *
 * <ol>
 *   <li>a plain name, {@code lib.kut.edu.kp};
 *   <li>a name with an inner star, {@code lib.*.edu.kp}, {@code .lib.*.edu.kp}: the longer {@linkplain NamePattern#literalTail literal
 *       tail} first, then the one with more labels (a leading dot or leading star is none);
 *   <li>a suffix, {@code .kcna.kp} or {@code *.kcna.kp}, which are equals: the longer tail first;
 *   <li>a range of addresses, {@code 198.51.100.0/24}: the longer prefix first;
 *   <li>{@code *}.
 * </ol>
 *
 * <p>Among equals denials come before permissions, then the order of writing. In that order:
 *
 * <ul>
 *   <li>A denial that holds for this subject, place and hour ends the matter ({@code FORBIDDEN}); another is passed over.
 *   <li>A permission that holds and whose classification the held clearance dominates allows ({@code RULE}); another falls short, for the
 *       first of {@code WRONG_SUBJECT}, {@code WRONG_PLACE}, {@code WRONG_HOUR}, {@code CLEARANCE} that is so.
 * </ul>
 *
 * <p>Where nothing ends the matter, the first permission that fell short explains the denial; where none did, {@code NO_RULE} of the rule
 * {@code default} does. At a terminal that nobody has logged in at, only rules {@code withoutLogIn} that name no subject hold, what is held
 * is {@link kwangmyong.kernel.clearance.Clearance#NONE}, and what is not allowed or forbidden is {@code NOT_LOGGED_IN} of {@code default}.
 *
 * @param names what it speaks of; at least one
 * @param needed what a permission demands of the clearance held; of no effect on a denial
 * @param subjects whom it speaks of by name; empty is everyone with a session
 * @param attachments from where; empty is everywhere
 * @param actions doing what; empty is everything but {@link Action#TRANSFER} and {@link Action#FLOW}, of which only a rule
 *     that names them speaks
 * @param hours when; null is always
 * @param withoutLogIn whether it also speaks of terminals that nobody has logged in at
 * @param denial how this rule's denials look instead of the usual ones; null for those
 * @param overTcpOnly whether a name that it allows resolves over TCP alone; of no effect on a denial
 * @param intercepted whether the gateway opens the TLS in a tunnel that it allows; of no effect on a denial
 * @param ports which flows; empty is every one, else the rule speaks of nothing but flows
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
        @Nullable Denials denial,
        boolean overTcpOnly,
        boolean intercepted,
        List<Ports> ports) {
    public Rule {
        names = List.copyOf(names);
        subjects = Set.copyOf(subjects);
        attachments = Set.copyOf(attachments);
        actions = Set.copyOf(actions);
        ports = List.copyOf(ports);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("rule " + id + " names nothing");
        }
    }

    /** One whose names resolve over UDP too, whose tunnels stay closed to the gateway, and whatever the port. */
    public Rule(
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
        this(
                id,
                effect,
                names,
                needed,
                subjects,
                attachments,
                actions,
                hours,
                withoutLogIn,
                denial,
                false,
                false,
                List.of());
    }

    /** Whether a rule permits or forbids. */
    public enum Effect {
        ALLOW,
        DENY
    }

    /** How this rule's denials look, or another way where it has none of its own. */
    public Denials denialOr(Denials usual) {
        return denial == null ? usual : denial;
    }
}
