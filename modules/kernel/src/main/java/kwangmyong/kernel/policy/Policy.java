package kwangmyong.kernel.policy;

import java.util.List;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.Attachment;

/**
 * The rules of a lab as declared: everything that {@code decide} needs beside sessions and the time. Immutable; a reload makes a new one.
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

    public Policy withGrants(List<Grant> current) {
        return new Policy(
                lattice, subjects, attachments, rules, mail, captive, denials, current, seatsAreExclusive);
    }
}
