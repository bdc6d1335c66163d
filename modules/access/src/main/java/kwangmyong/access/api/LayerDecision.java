package kwangmyong.access.api;

import org.jspecify.annotations.Nullable;

/**
 * One layer's decision, in the journal's words.
 *
 * @param verdict {@code allow} or {@code deny}
 * @param reason the journal's word, as {@code clearance}
 * @param explanation the reason for people
 * @param needed as words; null where nothing was known to demand anything
 * @param held as words; null when nobody is there
 */
public record LayerDecision(
        String layer,
        String action,
        String resource,
        String verdict,
        String rule,
        String reason,
        String explanation,
        @Nullable String needed,
        @Nullable String held,
        String presentation) {
    public boolean isAllowed() {
        return verdict.equals("allow");
    }
}
