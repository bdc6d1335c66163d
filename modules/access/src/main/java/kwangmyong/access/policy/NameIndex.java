package kwangmyong.access.policy;

import java.util.List;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.policy.Captive;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules that cover a name in one pass over it from the right, whatever their number: a trie of labels whose edges all live in one
 * open-addressed table, under a hash that goes on from label to label. Nothing is copied out of the name. Immutable once built.
 */
final class NameIndex {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    /** Past the width of an ASCII character, so that neighbours do not mix at once. */
    private static final int ROTATION = 7;

    private final Node root = new Node(null, "");
    /** At most a quarter full, so that a label that no pattern has is mostly known by an empty place. */
    private final @Nullable Node[] edges;

    private final int shift;
    private final RangeIndex ranges = new RangeIndex();
    private final CompiledRule[] everything;
    private final @Nullable Crowd everythingCrowd;

    NameIndex(List<Rule> rules, Captive captive) {
        var builder = new NameIndexBuilder(root);
        for (int order = 0; order < rules.size(); order++) {
            Rule rule = rules.get(order);
            for (NamePattern pattern : rule.names()) {
                CompiledRule compiled = new CompiledRule(rule, Rank.of(rule, pattern, order));
                AddressRange range = pattern.range();
                if (range == null) {
                    builder.add(pattern, compiled);
                } else {
                    ranges.add(range, compiled);
                }
            }
        }
        builder.addCaptive(captive.portalHost());
        captive.connectivityNames().forEach(builder::addCaptive);
        builder.finish();
        ranges.finish();
        everythingCrowd = Crowd.among(builder.everything());
        everything = Node.oneByOne(builder.everything(), everythingCrowd);
        int bits = Integer.SIZE
                - Integer.numberOfLeadingZeros(Math.max(4, builder.nodes().size() * 2))
                + 1;
        shift = Long.SIZE - bits;
        edges = new Node[1 << bits];
        builder.nodes().forEach(this::place);
    }

    private void place(Node node) {
        int slot = slot(node.hash);
        while (edges[slot] != null) {
            slot = (slot + 1) & (edges.length - 1);
        }
        edges[slot] = node;
    }

    private int slot(long hash) {
        return (int) ((hash * GOLDEN) >>> shift);
    }

    /** The pattern without what leaves it open to the left, a leading dot or star. */
    static String closed(NamePattern pattern) {
        String text = pattern.text();
        if (text.startsWith(".")) {
            return text.substring(1);
        }
        return text.startsWith("*.") ? text.substring(2) : text;
    }

    /** The node of the longest tail of {@code name} that any pattern has; the root when none has one. */
    Node find(String name) {
        Node deepest = root;
        long hash = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            char c = name.charAt(i);
            if (c == '.') {
                Node next = edge(hash, name.length() - i - 1);
                if (next == null) {
                    return checked(deepest, name);
                }
                deepest = next;
            }
            hash = next(hash, c);
        }
        Node whole = edge(hash, name.length());
        return checked(whole == null ? deepest : whole, name);
    }

    /** Equal hashes are not equal names: what was found is believed only when it is a tail indeed. */
    private Node checked(Node found, String name) {
        boolean same = found.length == name.length() ? name.equals(found.tail) : name.endsWith(found.tail);
        return same ? found : findSlowly(name);
    }

    private @Nullable Node edge(long hash, int length) {
        for (int slot = slot(hash); ; slot = (slot + 1) & (edges.length - 1)) {
            Node node = edges[slot];
            if (node == null || (node.hash == hash && node.length == length)) {
                return node;
            }
        }
    }

    /** As {@link #find}, comparing every tail. */
    private Node findSlowly(String name) {
        Node deepest = root;
        int end = name.length();
        while (end > 0) {
            Node child = literalChild(deepest, name, end);
            if (child == null) {
                break;
            }
            deepest = child;
            end = before(deepest, name);
        }
        return deepest;
    }

    /** Whether no rule covers a name, as far as one look tells; {@code deepest} is what was found. */
    boolean coversNothing(Node deepest, String name) {
        return deepest.coversNothingBelow
                && deepest.length < name.length()
                && everything.length == 0
                && everythingCrowd == null
                && (ranges.isEmpty() || !mayBeAddress(name));
    }

    private static boolean mayBeAddress(String name) {
        char last = name.charAt(name.length() - 1);
        return (last >= '0' && last <= '9') || name.indexOf(':') >= 0;
    }

    /** Shows {@code question} the rules that cover {@code name}, at least until one has decided; {@code deepest} is what was found. */
    void ask(Node deepest, String name, Question question) {
        int end = before(deepest, name);
        if (end < 0) {
            question.consider(deepest.plain, deepest.plainCrowd);
        }
        askStarred(deepest, name, question);
        if (!question.isDecided()) {
            askSuffixes(deepest, end, question);
        }
        if (!question.isDecided()) {
            ranges.ask(name, question);
        }
        if (!question.isDecided()) {
            question.consider(everything, everythingCrowd);
        }
    }

    /** Where the part of the name before a node's tail ends, at its dot; -1 when the tail is the whole name. */
    private static int before(Node node, String name) {
        return node.length == 0 ? name.length() : name.length() - node.length - 1;
    }

    private void askStarred(Node deepest, String name, Question question) {
        Node node = deepest.starred;
        while (node != null && !question.isDecided()) {
            int end = before(node, name);
            if (end > 0 && node.star != null) {
                askBehindStar(node.star, name, dotBefore(name, end), question);
            }
            node = node.parent == null ? null : node.parent.starred;
        }
    }

    /** Everything that covers, from a node that was reached by way of a star, with the name's labels before {@code end} still unread. */
    private void askBehindStar(Node node, String name, int end, Question question) {
        if (end < 0) {
            question.consider(node.plain, node.plainCrowd);
        }
        askOpen(node, end, question);
        if (end > 0) {
            Node literal = literalChild(node, name, end);
            int next = dotBefore(name, end);
            if (literal != null) {
                askBehindStar(literal, name, next, question);
            }
            if (node.star != null) {
                askBehindStar(node.star, name, next, question);
            }
        }
    }

    private static void askSuffixes(Node deepest, int end, Question question) {
        askOpen(deepest, end, question);
        Node node = deepest.covering;
        while (node != null && !question.isDecided()) {
            question.consider(node.below, node.belowCrowd);
            node = node.covering;
        }
    }

    /** The rules that are open to the left of a node, for a name whose labels before {@code end} are still unread. */
    private static void askOpen(Node node, int end, Question question) {
        if (end > 0) {
            question.consider(node.below, node.belowCrowd);
        } else {
            question.consider(node.self, node.selfCrowd);
        }
    }

    /** The child of {@code parent} for the label of {@code name} that ends before {@code end}; null without one. */
    private @Nullable Node literalChild(Node parent, String name, int end) {
        int start = dotBefore(name, end) + 1;
        int length = end - start;
        long hash = parent.length == 0 ? 0 : next(parent.hash, '.');
        for (int i = end - 1; i >= start; i--) {
            hash = next(hash, name.charAt(i));
        }
        Node node;
        for (int slot = slot(hash); (node = edges[slot]) != null; slot = (slot + 1) & (edges.length - 1)) {
            if (node.hash == hash && node.parent == parent && node.tail.regionMatches(0, name, start, length)) {
                boolean whole = node.length == length + (parent.length == 0 ? 0 : parent.length + 1);
                if (whole) {
                    return node;
                }
            }
        }
        return null;
    }

    /** The dot before the label that ends before {@code end}; -1 without one. */
    private static int dotBefore(String name, int end) {
        return name.lastIndexOf('.', end - 1);
    }

    private static long next(long hash, char c) {
        return Long.rotateLeft(hash, ROTATION) ^ c;
    }

    /** Of a tail, from its last character to its first. */
    static long hash(String tail) {
        long hash = 0;
        for (int i = tail.length() - 1; i >= 0; i--) {
            hash = next(hash, tail.charAt(i));
        }
        return hash;
    }
}
