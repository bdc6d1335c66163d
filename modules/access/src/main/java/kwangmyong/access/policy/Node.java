package kwangmyong.access.policy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One label of one or more patterns; the labels from here to the root, joined by dots, are a tail of names. */
final class Node {
    static final String STAR = "*";

    private static final CompiledRule[] NONE = {};

    /** The labels from here to the root, joined by dots; stars stand for themselves. */
    final String tail;
    /** Characters of the tail. */
    final int length;

    final @Nullable Node parent;
    /** Whether a star is among the labels from here to the root. */
    final boolean isBehindStar;

    /** The child that any one label leads to. */
    @Nullable
    Node star;
    /** By label, where a star leads here. */
    Map<String, Node> behindStar = Map.of();
    /** The nearest node at or above this one that has a {@link #star}, among those reached without one. */
    @Nullable
    Node starred;
    /** The nearest node above this one whose {@link #below} is not empty, among those reached without a star. */
    @Nullable
    Node covering;
    /** Whether the tail is a name that leads to the portal. */
    boolean captive;

    /** Rules of patterns that end here: {@code name}. */
    CompiledRule[] plain = NONE;
    /** Rules of {@code .name}. */
    CompiledRule[] self = NONE;
    /** Rules of {@code .name} and {@code *.name}, for names with a label more. */
    CompiledRule[] below = NONE;

    /** Of the rules above, those that name subjects, where they are many; they are not in the arrays then. */
    @Nullable
    Crowd plainCrowd;

    @Nullable
    Crowd selfCrowd;

    @Nullable
    Crowd belowCrowd;

    Node(@Nullable Node parent, String label) {
        this.parent = parent;
        this.tail = parent == null || parent.length == 0 ? label : label + "." + parent.tail;
        this.length = tail.length();
        this.isBehindStar = label.equals(STAR) || (parent != null && parent.isBehindStar);
    }

    /** The rule that comes first for this very name, where that is one alone; null else. */
    @Nullable
    CompiledRule firstHere() {
        if (plainCrowd != null || plain.length > 1) {
            return null;
        } else if (plain.length == 1) {
            return plain[0];
        }
        return starred == null && selfCrowd == null && self.length == 1 ? self[0] : null;
    }

    /** The rule that comes first for names below that no pattern reaches further, where that is one alone; null else. */
    @Nullable
    CompiledRule firstBelow() {
        return starred == null && belowCrowd == null && below.length == 1 ? below[0] : null;
    }

    /** Whether no rule covers such names, by this node or those above. */
    boolean coversNothingBelow() {
        return starred == null && !hasRulesBelow() && covering == null;
    }

    /** The child of that label behind a star; null without one. Without a star before it a child is found in the {@link TailTable}. */
    @Nullable
    Node childBehindStar(String label) {
        return behindStar.get(label);
    }

    /** Takes the rules of patterns that end here. */
    void fill(List<CompiledRule> plainRules, List<CompiledRule> selfRules, List<CompiledRule> belowRules) {
        plainCrowd = Crowd.among(plainRules);
        selfCrowd = Crowd.among(selfRules);
        belowCrowd = Crowd.among(belowRules);
        plain = oneByOne(plainRules, plainCrowd);
        self = oneByOne(selfRules, selfCrowd);
        below = oneByOne(belowRules, belowCrowd);
    }

    boolean hasRulesBelow() {
        return below.length > 0 || belowCrowd != null;
    }

    /** The rules that are not in the crowd, lowest rank first. */
    static CompiledRule[] oneByOne(List<CompiledRule> rules, @Nullable Crowd crowd) {
        if (rules.isEmpty()) {
            return NONE;
        }
        CompiledRule[] array = rules.stream()
                .filter(rule -> crowd == null || !Crowd.takes(rule))
                .toArray(CompiledRule[]::new);
        Arrays.sort(array, Comparator.comparingLong(CompiledRule::rank));
        return array;
    }
}
