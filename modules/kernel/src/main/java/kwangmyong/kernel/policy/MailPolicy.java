package kwangmyong.kernel.policy;

import java.util.Set;
import kwangmyong.kernel.clearance.Classification;

/**
 * Who may use mail, and who may write to whom. Every way keeps mail inside: a recipient who has no mailbox here is refused.
 *
 * <p>What is asked, in order; every decision here says {@code needed} of this policy:
 *
 * <ul>
 *   <li>{@code LOG_IN} to the service {@code mail}: {@code needed} is dominated ({@code CLEARANCE}) and the subject has a mailbox
 *       ({@code NO_MAILBOX}); rule {@code mail-service}, {@code LOGGED_IN}.
 *   <li>{@code READ}: the mailbox is the subject's own ({@code NOT_OWNER}) and {@code needed} is dominated ({@code CLEARANCE}); rule
 *       {@code mail-own}, {@code OWN_MAILBOX}.
 *   <li>{@code SEND}: {@code needed} is dominated ({@code CLEARANCE} of {@code mail-service}); the domain is one of this lab
 *       ({@code NOT_LOCAL} of {@code mail-inside}); a subject has that mailbox ({@code NO_MAILBOX} of {@code mail-inside}); the
 *       {@link Writing} allows it ({@code NOT_PAIRED} of {@code mail-pairs}, {@code WRITE_DOWN} of {@code mail-lattice}), else
 *       {@code CORRESPONDENT} of {@code mail-open}, {@code mail-pairs} or {@code mail-lattice}.
 * </ul>
 *
 * @param needed what using mail at all demands
 * @param domains the mail domains of this lab, lower case
 * @param pairs who may write to whom under {@link Writing#PAIRS}
 */
public record MailPolicy(Classification needed, Set<String> domains, Writing writing, Set<Pair> pairs) {
    public MailPolicy {
        domains = Set.copyOf(domains);
        pairs = Set.copyOf(pairs);
    }

    /** Who may write to whom. */
    public enum Writing {
        /** Everyone who may use mail, to everyone who has a mailbox. */
        OPEN,
        /** Both correspondents were named beforehand, as SiliBank asked of its members in 2001; to oneself always. */
        PAIRS,
        /** No write down (Bell and LaPadula 1973): the recipient's clearance, as declared, dominates what the sender holds. */
        LATTICE
    }

    /** Two subjects who may write to each other, in either order. */
    public record Pair(String one, String other) {
        public boolean joins(String a, String b) {
            return (one.equals(a) && other.equals(b)) || (one.equals(b) && other.equals(a));
        }
    }

    public boolean arePaired(String a, String b) {
        return a.equals(b) || pairs.stream().anyMatch(pair -> pair.joins(a, b));
    }
}
