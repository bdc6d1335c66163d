package kwangmyong.access.policy;

import java.util.List;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules that cover a name in one pass over it from the right, whatever their number: a trie of labels whose edges all live in one
 * open-addressed table, under a hash that goes on from label to label. Nothing is copied out of the name. Immutable once built.
 */
final class NameIndex {
    private static final int GOLDEN = 0x9E3779B9;
    private static final int HASH_FACTOR = 31;

    private final Node root = new Node(null, "", 1);
    private final Node[] edges;
    private final int shift;
    private final Entry[] everything;

    NameIndex(List<Rule> rules, List<CompiledRule> compiled) {
        var builder = new NameIndexBuilder(root);
        for (int order = 0; order < rules.size(); order++) {
            for (NamePattern pattern : rules.get(order).names()) {
                builder.add(pattern, Entry.of(compiled.get(order), pattern, order));
            }
        }
        builder.finish();
        everything = builder.everything();
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(4, builder.nodes().size() * 2));
        shift = 32 - bits;
        edges = new Node[1 << bits];
        builder.nodes().forEach(this::place);
    }

    private void place(Node node) {
        int slot = slot(node.hash);
        while (edges[slot] != null) {
            slot = slot + 1 & edges.length - 1;
        }
        edges[slot] = node;
    }

    private int slot(int hash) {
        return (hash * GOLDEN) >>> shift;
    }

    /** The pattern without what leaves it open to the left, a leading dot or star. */
    static String closed(NamePattern pattern) {
        String text = pattern.text();
        if (text.startsWith(".")) {
            return text.substring(1);
        }
        return text.startsWith("*.") ? text.substring(2) : text;
    }

    /** Shows {@code question} the rules that cover {@code name}, at least until one has decided. */
    void ask(String name, Question question) {
        Node deepest = root;
        int end = name.length();
        while (end > 0) {
            Node child = literalChild(deepest, name, end);
            if (child == null) {
                break;
            }
            deepest = child;
            end = name.length() - child.length - 1;
        }
        if (end < 0) {
            question.consider(deepest.plain);
        }
        askStarred(deepest, name, question);
        if (!question.isDecided()) {
            askSuffixes(deepest, end, question);
        }
        if (!question.isDecided()) {
            question.consider(everything);
        }
    }

    private void askStarred(Node deepest, String name, Question question) {
        Node node = deepest.starred;
        while (node != null && !question.isDecided()) {
            int end = name.length() - node.length - 1;
            if (end > 0 && node.star != null) {
                askBehindStar(node.star, name, labelBefore(name, end) - 1, question);
            }
            node = node.parent == null ? null : node.parent.starred;
        }
    }

    /** Everything that covers, from a node that was reached by way of a star, with the name's labels before {@code end} still unread. */
    private void askBehindStar(Node node, String name, int end, Question question) {
        if (end < 0) {
            question.consider(node.plain);
        }
        question.consider(end > 0 ? node.below : node.self);
        if (end > 0) {
            Node literal = literalChild(node, name, end);
            int next = labelBefore(name, end) - 1;
            if (literal != null) {
                askBehindStar(literal, name, next, question);
            }
            if (node.star != null) {
                askBehindStar(node.star, name, next, question);
            }
        }
    }

    private static void askSuffixes(Node deepest, int end, Question question) {
        question.consider(end > 0 ? deepest.below : deepest.self);
        Node node = deepest.covering;
        while (node != null && !question.isDecided()) {
            question.consider(node.below);
            node = node.covering;
        }
    }

    /** The child of {@code parent} for the label of {@code name} that ends before {@code end}; null without one. */
    private @Nullable Node literalChild(Node parent, String name, int end) {
        int hash = next(parent.hash, '.');
        int start = end;
        while (start > 0) {
            char c = name.charAt(start - 1);
            if (c == '.') {
                break;
            }
            hash = next(hash, c);
            start--;
        }
        int length = end - start;
        for (int slot = slot(hash); ; slot = slot + 1 & edges.length - 1) {
            Node node = edges[slot];
            if (node == null) {
                return null;
            }
            if (node.hash == hash
                    && node.parent == parent
                    && node.label.length() == length
                    && name.startsWith(node.label, start)) {
                return node;
            }
        }
    }

    /** Where the label that ends before {@code end} begins. */
    private static int labelBefore(String name, int end) {
        return name.lastIndexOf('.', end - 1) + 1;
    }

    private static int next(int hash, char c) {
        return hash * HASH_FACTOR + c;
    }

    static int hash(Node parent, String label) {
        int hash = next(parent.hash, '.');
        for (int i = label.length() - 1; i >= 0; i--) {
            hash = next(hash, label.charAt(i));
        }
        return hash;
    }
}
