package kwangmyong.access.policy;

import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Rule;

/**
 * The order that {@link Rule} tells of as one number, lowest first; comparable among rules whose names cover one and the same name, since
 * their literal tails are then all tails of that name.
 */
final class Rank {
    private static final int PLAIN = 0;
    private static final int INNER_STAR = 1;
    private static final int SUFFIX = 2;
    private static final int RANGE = 3;
    private static final int EVERYTHING = 4;

    private static final int LENGTH_BITS = 8;
    private static final int LABEL_BITS = 7;
    private static final int ORDER_BITS = 32;

    private Rank() {}

    /**
     * The rank of a rule under one of its names.
     *
     * @param order of writing
     */
    static long of(Rule rule, NamePattern pattern, int order) {
        int kind = kind(pattern);
        int labels = kind == INNER_STAR ? labels(pattern) : 0;
        long rank = kind;
        rank = (rank << LENGTH_BITS) | (NamePattern.MAX_LENGTH - sharpness(pattern));
        rank = (rank << LABEL_BITS) | ((1 << LABEL_BITS) - 1 - labels);
        rank = (rank << 1) | (rule.effect() == Rule.Effect.DENY ? 0 : 1);
        return (rank << ORDER_BITS) | order;
    }

    /** How much of a name it says: characters of the tail, or bits of an address. */
    private static int sharpness(NamePattern pattern) {
        AddressRange range = pattern.range();
        return range == null ? pattern.literalTail().length() : range.prefix();
    }

    private static int kind(NamePattern pattern) {
        if (pattern.isEverything()) {
            return EVERYTHING;
        } else if (pattern.range() != null) {
            return RANGE;
        } else if (pattern.isExact()) {
            return PLAIN;
        }
        return pattern.text().lastIndexOf('*') > 0 ? INNER_STAR : SUFFIX;
    }

    private static int labels(NamePattern pattern) {
        return 1 + (int) NameIndex.closed(pattern).chars().filter(c -> c == '.').count();
    }
}
