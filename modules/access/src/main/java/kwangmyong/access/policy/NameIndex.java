package kwangmyong.access.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.policy.Captive;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules that cover a name in one pass over it from the right, whatever their number: a trie of labels, of which a {@link TailTable}
 * finds the longest tail that a name has. Nothing is copied out of the name. Immutable once built.
 */
final class NameIndex {
    private final TailTable tails;
    private final RangeIndex ranges = new RangeIndex();
    private final CompiledRule[] everything;
    private final @Nullable Crowd everythingCrowd;

    NameIndex(List<Rule> rules, Captive captive) {
        var builder = new NameIndexBuilder(new Node(null, ""));
        Map<Terms, Terms> same = new HashMap<>();
        for (int order = 0; order < rules.size(); order++) {
            Rule rule = rules.get(order);
            Terms terms = Terms.of(rule);
            Terms shared = same.putIfAbsent(terms, terms);
            for (NamePattern pattern : rule.names()) {
                var compiled =
                        new CompiledRule(Rank.of(rule, pattern, order), rule.id(), shared == null ? terms : shared);
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
        tails = new TailTable(builder.nodes());
    }

    /** The pattern without what leaves it open to the left, a leading dot or star. */
    static String closed(NamePattern pattern) {
        String text = pattern.text();
        if (text.startsWith(".")) {
            return text.substring(1);
        }
        return text.startsWith("*.") ? text.substring(2) : text;
    }

    /** What is known of the longest tail of {@code name} that any pattern has, for {@link TailTable} and the methods here to read. */
    long find(String name) {
        return tails.find(name);
    }

    TailTable tails() {
        return tails;
    }

    /** Whether no rule covers a name, as far as one look tells. */
    boolean coversNothing(long found, String name) {
        return TailTable.coversNothing(found, name)
                && everything.length == 0
                && everythingCrowd == null
                && (ranges.isEmpty() || !mayBeAddress(name));
    }

    private static boolean mayBeAddress(String name) {
        char last = name.charAt(name.length() - 1);
        return (last >= '0' && last <= '9') || name.indexOf(':') >= 0;
    }

    /** Shows {@code question} the rules that cover {@code name}, at least until one has decided. */
    void ask(long found, String name, Question question) {
        Node deepest = tails.node(found);
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

    private static void askStarred(Node deepest, String name, Question question) {
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
    private static void askBehindStar(Node node, String name, int end, Question question) {
        if (end < 0) {
            question.consider(node.plain, node.plainCrowd);
        }
        askOpen(node, end, question);
        if (end > 0) {
            int next = dotBefore(name, end);
            Node literal = node.childBehindStar(name.substring(next + 1, end));
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

    /** The dot before the label that ends before {@code end}; -1 without one. */
    private static int dotBefore(String name, int end) {
        return name.lastIndexOf('.', end - 1);
    }
}
