package kwangmyong.kernel.policy;

import java.util.Set;
import kwangmyong.kernel.clearance.Classification;

/**
 * Who may use mail, and who may write to whom. Every way keeps mail inside: a recipient who has no mailbox here is refused.
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
        /** No write down (Bell and LaPadula 1973): the recipient's clearance dominates the sender's. */
        LATTICE
    }

    /** Two subjects who may write to each other, in either order. */
    public record Pair(String one, String other) {
        public boolean joins(String a, String b) {
            return one.equals(a) && other.equals(b) || one.equals(b) && other.equals(a);
        }
    }

    public boolean arePaired(String a, String b) {
        return a.equals(b) || pairs.stream().anyMatch(pair -> pair.joins(a, b));
    }
}
