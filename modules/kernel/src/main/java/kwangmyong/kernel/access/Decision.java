package kwangmyong.kernel.access;

import kwangmyong.kernel.clearance.Classification;
import kwangmyong.kernel.clearance.Clearance;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one access, with everything that explains it.
 *
 * @param rule the id of the rule that decided; {@code default} when none did
 * @param needed what the resource demanded; null where nothing was known to demand anything
 * @param held what counted at that terminal, grants and ceiling included; null when nobody was there
 * @param policy the hash of the rules in force, 16 hexadecimal digits
 */
public record Decision(
        Verdict verdict,
        String rule,
        Reason reason,
        @Nullable Classification needed,
        @Nullable Clearance held,
        Presentation presentation,
        String policy) {
    /** The rule's id when no rule decided. */
    public static final String NO_RULE = "default";

    public boolean isAllowed() {
        return verdict == Verdict.ALLOW;
    }
}
