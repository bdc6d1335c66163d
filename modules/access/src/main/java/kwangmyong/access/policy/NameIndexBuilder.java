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
    private final List<Entry> everything = new ArrayList<>();

    NameIndexBuilder(Node root) {
        this.root = root;
    }

    void add(NamePattern pattern, Entry entry) {
        if (pattern.isEverything()) {
            everything.add(entry);
            return;
        }
        String[] labels = NameIndex.closed(pattern).split("\\.", -1);
        Growing last = child(root, labels[labels.length - 1]);
        for (int i = labels.length - 2; i >= 0; i--) {
            last = child(last.node, labels[i]);
        }
        if (pattern.text().startsWith(".")) {
            last.self.add(entry);
            last.below.add(entry);
        } else if (pattern.text().startsWith("*")) {
            last.below.add(entry);
        } else {
            last.plain.add(entry);
        }
    }

    private Growing child(Node parent, String label) {
        return children.computeIfAbsent(new Edge(parent, label), edge -> {
            Node node = new Node(parent, label, NameIndex.hash(parent, label));
            if (label.equals(Node.STAR)) {
                parent.star = node;
            } else {
                nodes.add(node);
            }
            return new Growing(node);
        });
    }

    /** Gives every node its rules and its ways up. */
    void finish() {
        children.values().forEach(growing -> growing.node.fill(growing.plain, growing.self, growing.below));
        for (Node node : nodes) { // parents come before their children
            Node parent = node.parent;
            if (parent != null) {
                node.starred = node.star != null ? node : parent.starred;
                node.covering = parent.below.length > 0 ? parent : parent.covering;
            }
        }
    }

    /** All but those that a star leads to. */
    List<Node> nodes() {
        return nodes;
    }

    Entry[] everything() {
        return Node.sorted(everything);
    }

    /** By identity of the parent. */
    private record Edge(Node parent, String label) {}

    private static final class Growing {
        final Node node;
        final List<Entry> plain = new ArrayList<>(1);
        final List<Entry> self = new ArrayList<>(1);
        final List<Entry> below = new ArrayList<>(1);

        Growing(Node node) {
            this.node = node;
        }
    }
}
