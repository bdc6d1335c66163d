package kwangmyong.access.diff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.NamePattern;

/**
 * One name of every kind that some patterns can tell apart. Read from the right, a name is a walk through the labels of the patterns; where a
 * label is none of those that a pattern has there, it may as well be any other. So the names on every such walk, and one with another label more,
 * stand for all.
 */
final class NameClasses {
    /** What stands for any label that no pattern has at its place. */
    private final String other;

    private final Node root = new Node();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final int most;

    /** A label of patterns, with those before it. */
    private static final class Node {
        private final Map<String, Node> labels = new LinkedHashMap<>();
    }

    private NameClasses(Collection<NamePattern> patterns, Collection<String> plainNames, int most) {
        this.most = most;
        Set<String> labels = new HashSet<>();
        for (NamePattern pattern : patterns) {
            if (!pattern.isEverything() && pattern.range() == null) {
                add(pattern.text(), labels);
            }
        }
        plainNames.forEach(name -> add(name, labels));
        String free = "any-other";
        for (int number = 2; labels.contains(free); number++) {
            free = "any-other-" + number;
        }
        other = free;
    }

    /**
     * Names by how they are shown: {@code *.kcna.kp} is any other name below that one.
     *
     * @param plainNames names that are told apart beside those of the patterns
     * @param most how many at most
     * @throws IllegalArgumentException when there are more kinds
     */
    static Map<String, String> of(Collection<NamePattern> patterns, Collection<String> plainNames, int most) {
        NameClasses classes = new NameClasses(patterns, plainNames, most);
        classes.walk(List.of(classes.root), "", "");
        return classes.names;
    }

    private void add(String text, Set<String> labels) {
        String closed = text.startsWith(".") ? text.substring(1) : text.startsWith("*.") ? text.substring(2) : text;
        Node node = root;
        String[] parts = closed.split("\\.", -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            labels.add(parts[i]);
            node = node.labels.computeIfAbsent(parts[i], label -> new Node());
        }
    }

    /**
     * @param at every node that the name so far leads to
     * @param name so far; empty at the root
     */
    private void walk(List<Node> at, String name, String shown) {
        if (!name.isEmpty()) {
            take(name, shown);
        }
        Set<String> next = new TreeSet<>();
        at.forEach(node -> next.addAll(node.labels.keySet()));
        boolean star = next.remove("*");
        for (String label : next) {
            walk(after(at, label), joined(label, name), joined(label, shown));
        }
        List<Node> byStar = star ? after(at, "*") : List.of();
        if (byStar.isEmpty()) {
            take(joined(other, name), joined("*", shown));
        } else {
            walk(byStar, joined(other, name), joined("*", shown));
        }
    }

    private static List<Node> after(List<Node> at, String label) {
        List<Node> after = new ArrayList<>();
        for (Node node : at) {
            Node literal = node.labels.get(label);
            Node star = node.labels.get("*");
            if (literal != null) {
                after.add(literal);
            }
            if (star != null && star != literal) {
                after.add(star);
            }
        }
        return after;
    }

    private static String joined(String label, String rest) {
        return rest.isEmpty() ? label : label + "." + rest;
    }

    private void take(String name, String shown) {
        if (name.length() > NamePattern.MAX_LENGTH || Addresses.isNumeric(name)) {
            return;
        }
        names.put(shown, name);
        if (names.size() > most) {
            throw new IllegalArgumentException("more than " + most + " kinds of names");
        }
    }
}
