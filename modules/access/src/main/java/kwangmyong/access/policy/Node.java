package kwangmyong.access.policy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One label of one or more patterns; the labels from here to the root, joined by dots, are a tail of names. */
final class Node {
    static final String STAR = "*";

    private static final CompiledRule[] NONE = {};

    /** The labels from here to the root, joined by dots; stars stand for themselves. */
    final String tail;
    /** Characters of the tail. */
    final int length;
    /** Of the tail, read from its end. */
    final long hash;

    /** The rule that comes first for this very name, where that is one alone; null else. Close to what is looked at before it. */
    @Nullable
    CompiledRule firstHere;
    /** The rule that comes first for names below that no pattern reaches further, where that is one alone; null else. */
    @Nullable
    CompiledRule firstBelow;
    /** Whether no rule covers such names, by this node or those above. */
    boolean coversNothingBelow;

    final @Nullable Node parent;

    /** The child that any one label leads to. */
    @Nullable
    Node star;
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
        this.hash = NameIndex.hash(tail);
    }

    /** Told once the ways up are known. */
    void settle() {
        if (plainCrowd == null && plain.length == 1) {
            firstHere = plain[0];
        } else if (plainCrowd == null && plain.length == 0 && starred == null) {
            firstHere = selfCrowd == null && self.length == 1 ? self[0] : null;
        }
        firstBelow = starred == null && belowCrowd == null && below.length == 1 ? below[0] : null;
        coversNothingBelow = starred == null && !hasRulesBelow() && covering == null;
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
        Arrays.sort(array, Comparator.comparingLong(rule -> rule.rank));
        return array;
    }
}
