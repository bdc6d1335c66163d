package kwangmyong.access.policy;

import kwangmyong.kernel.policy.NamePattern;

/**
 * A rule under one of its names.
 *
 * @param rank the order that {@link kwangmyong.kernel.policy.Rule} tells of, lowest first; comparable among entries whose names cover one
 *     and the same name
 */
record Entry(CompiledRule rule, long rank) {
    private static final int PLAIN = 0;
    private static final int INNER_STAR = 1;
    private static final int SUFFIX = 2;
    private static final int EVERYTHING = 3;

    private static final int LENGTH_BITS = 8;
    private static final int LABEL_BITS = 7;
    private static final int ORDER_BITS = 32;

    /** @param order of writing */
    static Entry of(CompiledRule rule, NamePattern pattern, int order) {
        int kind = kind(pattern);
        int labels = kind == INNER_STAR ? labels(pattern) : 0;
        long rank = kind;
        rank = rank << LENGTH_BITS
                | (NamePattern.MAX_LENGTH - pattern.literalTail().length());
        rank = rank << LABEL_BITS | ((1 << LABEL_BITS) - 1 - labels);
        rank = rank << 1 | (rule.forbids ? 0 : 1);
        rank = rank << ORDER_BITS | order;
        return new Entry(rule, rank);
    }

    private static int kind(NamePattern pattern) {
        if (pattern.isEverything()) {
            return EVERYTHING;
        } else if (pattern.isExact()) {
            return PLAIN;
        }
        return pattern.text().lastIndexOf('*') > 0 ? INNER_STAR : SUFFIX;
    }

    private static int labels(NamePattern pattern) {
        String text = NameIndex.closed(pattern);
        return 1 + (int) text.chars().filter(c -> c == '.').count();
    }
}
