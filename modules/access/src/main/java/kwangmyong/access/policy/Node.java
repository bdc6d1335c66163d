package kwangmyong.access.policy;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One label of one or more patterns; the labels from here to the root, joined by dots, are a tail of names. */
final class Node {
    static final String STAR = "*";

    private static final Entry[] NONE = {};

    final @Nullable Node parent;
    final String label;
    /** Of the whole path from the root, so that a walk carries it on from label to label. */
    final int hash;
    /** Characters of the tail, dots included. */
    final int length;

    /** The child that any one label leads to. */
    @Nullable
    Node star;
    /** The nearest node at or above this one that has a {@link #star}, among those reached without one. */
    @Nullable
    Node starred;
    /** The nearest node above this one whose {@link #below} is not empty, among those reached without a star. */
    @Nullable
    Node covering;

    /** Rules of patterns that end here: {@code name}. */
    Entry[] plain = NONE;
    /** Rules of {@code .name}. */
    Entry[] self = NONE;
    /** Rules of {@code .name} and {@code *.name}, for names with a label more. */
    Entry[] below = NONE;

    Node(@Nullable Node parent, String label, int hash) {
        this.parent = parent;
        this.label = label;
        this.hash = hash;
        this.length = parent == null ? 0 : parent.length + (parent.length == 0 ? 0 : 1) + label.length();
    }

    /** Takes the rules of patterns that end here. */
    void fill(List<Entry> plain, List<Entry> self, List<Entry> below) {
        this.plain = sorted(plain);
        this.self = sorted(self);
        this.below = sorted(below);
    }

    static Entry[] sorted(List<Entry> entries) {
        return entries.isEmpty()
                ? NONE
                : entries.stream().sorted(Comparator.comparingLong(Entry::rank)).toArray(Entry[]::new);
    }
}
