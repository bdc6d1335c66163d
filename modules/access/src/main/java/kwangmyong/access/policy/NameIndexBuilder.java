package kwangmyong.access.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.policy.NamePattern;

/** Grows the trie of a {@link NameIndex}. */
final class NameIndexBuilder {
    private final Node root;
    private final Map<Edge, Growing> children = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<CompiledRule> everything = new ArrayList<>();

    NameIndexBuilder(Node root) {
        this.root = root;
        nodes.add(root);
    }

    void add(NamePattern pattern, CompiledRule rule) {
        if (pattern.isEverything()) {
            everything.add(rule);
            return;
        }
        Growing last = grow(NameIndex.closed(pattern));
        if (pattern.text().startsWith(".")) {
            last.self.add(rule);
            last.below.add(rule);
        } else if (pattern.text().startsWith("*")) {
            last.below.add(rule);
        } else {
            last.plain.add(rule);
        }
    }

    /** Makes a name known as one that leads to the portal. */
    void addCaptive(String name) {
        grow(name).node.captive = true;
    }

    private Growing grow(String name) {
        String[] labels = name.split("\\.", -1);
        Growing last = child(root, labels[labels.length - 1]);
        for (int i = labels.length - 2; i >= 0; i--) {
            last = child(last.node, labels[i]);
        }
        return last;
    }

    private Growing child(Node parent, String label) {
        return children.computeIfAbsent(new Edge(parent, label), edge -> {
            Node node = new Node(parent, label);
            if (label.equals(Node.STAR)) {
                parent.star = node;
            } else if (parent.isBehindStar) {
                parent.behindStar = with(parent.behindStar, label, node);
            } else {
                nodes.add(node);
            }
            return new Growing(node);
        });
    }

    private static Map<String, Node> with(Map<String, Node> children, String label, Node child) {
        Map<String, Node> more = children.isEmpty() ? new HashMap<>() : children;
        more.put(label, child);
        return more;
    }

    /** Gives every node its rules and its ways up. */
    void finish() {
        children.values().forEach(growing -> growing.node.fill(growing.plain, growing.self, growing.below));
        for (Node node : nodes) { // parents come before their children
            Node parent = node.parent;
            if (parent != null) {
                node.starred = node.star != null ? node : parent.starred;
                node.covering = parent.hasRulesBelow() ? parent : parent.covering;
            }
        }
    }

    /** The root, then all but those that a star leads to. */
    List<Node> nodes() {
        return nodes;
    }

    List<CompiledRule> everything() {
        return everything;
    }

    /** By identity of the parent. */
    private record Edge(Node parent, String label) {}

    private static final class Growing {
        final Node node;
        final List<CompiledRule> plain = new ArrayList<>(1);
        final List<CompiledRule> self = new ArrayList<>(1);
        final List<CompiledRule> below = new ArrayList<>(1);

        Growing(Node node) {
            this.node = node;
        }
    }
}
