package kwangmyong.kernel.policy;

import java.util.List;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.Attachment;

/**
 * The rules of a lab as declared: everything that {@code decide} needs beside sessions and the time. Immutable; a reload makes a new one.
 *
 * <p>An access is decided by the first of these that applies; {@code default} is the rule's id where none is given:
 *
 * <ol>
 *   <li>{@code RESOLVE}, {@code FETCH} or {@code TUNNEL} of a name that {@linkplain Captive#leadsToPortal leads to the portal} is allowed to
 *       everyone, unknown terminals included (rule {@code captive-portal}, {@code CAPTIVE}); to {@code RESOLVE} a connectivity name presents
 *       as a sinkhole to the portal's addresses.
 *   <li>A terminal without attachment, or with one no longer declared here: {@code UNKNOWN_TERMINAL}.
 *   <li>Held is the subject's clearance, joined with every grant of theirs that stands at the time of the access, under the attachment's
 *       ceiling. A session whose subject is no longer declared here counts as none.
 *   <li>{@code LOG_IN} to a {@code ServiceName}: without a session {@code NOT_LOGGED_IN}; {@code portal} and {@code gateway} to everyone
 *       ({@code LOGGED_IN} of {@code portal-service}, {@code gateway-service}); {@code mail} as {@link MailPolicy} says; any other:
 *       {@code NO_RULE}.
 *   <li>{@code READ} or {@code SEND} of a {@code Mailbox}: without a session {@code NOT_LOGGED_IN}; else as {@link MailPolicy} says.
 *   <li>Anything else by its name, as {@link Rule} says.
 * </ol>
 *
 * <p>A denial presents as the rule that decided or explained says, else as the attachment's denials do, else as {@code denials}: {@code dns} in the layer DNS, {@code mail} in
 * the layer MAIL, {@code border} in the layer BORDER, {@code http} in the others. In the layer DNS, what a rule that is
 * {@code overTcpOnly} allows to {@code RESOLVE} presents as {@code Truncated}, then as asked. In the layer GATEWAY, a {@code TUNNEL} that a rule which is {@code intercepted} allows
 * presents as {@link kwangmyong.kernel.access.Presentation.AsAsked#INTERCEPTED}. In the layer GATEWAY, {@code NOT_LOGGED_IN} at an attachment with a portal is
 * {@link kwangmyong.kernel.access.Presentation.Http#LOG_IN_NEEDED}. In the layer MAIL, a {@code LOG_IN} that no rule
 * of the list refused or explained is 535 5.7.8, and {@code NO_MAILBOX} of {@code SEND} 550 5.1.1.
 *
 * @param rules in order of writing
 * @param grants those given so far and not revoked
 * @param seatsAreExclusive whether a log-in at somebody else's seat is denied as {@code seat-mismatch}
 */
public record Policy(
        Lattice lattice,
        List<Subject> subjects,
        List<Attachment> attachments,
        List<Rule> rules,
        MailPolicy mail,
        Captive captive,
        Denials denials,
        List<Grant> grants,
        boolean seatsAreExclusive) {
    public Policy {
        subjects = List.copyOf(subjects);
        attachments = List.copyOf(attachments);
        rules = List.copyOf(rules);
        grants = List.copyOf(grants);
    }

    public Policy withSubjects(List<Subject> current) {
        return new Policy(lattice, current, attachments, rules, mail, captive, denials, grants, seatsAreExclusive);
    }

    public Policy withGrants(List<Grant> current) {
        return new Policy(lattice, subjects, attachments, rules, mail, captive, denials, current, seatsAreExclusive);
    }
}
