package kwangmyong.access.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much somebody looks as if they were trying to get round what is allowed, and why. A hint to look at the journal, never a finding: each
 * point of the score is explained, and docs/watch.md says what it cannot tell.
 *
 * @param subject whose doing it was; null for a terminal that nobody was at
 * @param terminal where the latest of it was, as text; null for a subject that was seen nowhere
 * @param score from 0 to 100
 * @param standing what the score means
 * @param since by the lab's clock, the first that is still counted
 * @param latest the last that counted
 * @param signs what the score is made of, the weightiest first
 */
public record Watch(
        @Nullable String subject,
        @Nullable String terminal,
        int score,
        Standing standing,
        Instant since,
        Instant latest,
        List<Sign> signs) {
    public Watch {
        signs = List.copyOf(signs);
    }

    /** What a score means. */
    public enum Standing {
        /** As everybody. */
        ORDINARY,
        /** Worth a look. */
        UNUSUAL,
        /** Several signs, or one that ordinary use hardly gives. */
        SUSPECT
    }

    /**
     * One kind of thing that was seen.
     *
     * @param kind a word, such as {@code dns-tunnel}
     * @param points what it adds to the score
     * @param explanation a sentence with what was counted and where the threshold is
     * @param value what was counted, or measured
     * @param threshold past which it counts
     * @param examples ids of lines of the journal, the newest last, {@value #MOST_EXAMPLES} at most
     */
    public record Sign(
            String kind, int points, String explanation, double value, double threshold, List<String> examples) {
        public static final int MOST_EXAMPLES = 5;

        public Sign {
            examples = List.copyOf(examples);
        }
    }
}
