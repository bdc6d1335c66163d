package kwangmyong.dns.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** What was read for each node, in order: chains through flat arrays, since a large zone has a million nodes of one record. */
final class SourceRecords {
    private static final int FIRST = 16;
    private static final int NONE = -1;

    private final List<Node> nodes = new ArrayList<>();
    private final List<SourceRecord> all = new ArrayList<>();
    private int[] next = new int[FIRST];
    private int[] first = new int[FIRST];
    private int[] last = new int[FIRST];

    void add(Node node, SourceRecord record) {
        int index = all.size();
        all.add(record);
        if (index == next.length) {
            next = Arrays.copyOf(next, index * 2);
        }
        next[index] = NONE;
        if (node.number < 0) {
            node.number = nodes.size();
            nodes.add(node);
            if (node.number == first.length) {
                first = Arrays.copyOf(first, first.length * 2);
                last = Arrays.copyOf(last, last.length * 2);
            }
            first[node.number] = index;
        } else {
            next[last[node.number]] = index;
        }
        last[node.number] = index;
    }

    /** What was read for a node. */
    List<SourceRecord> of(Node node) {
        if (node.number < 0) {
            return List.of();
        }
        int index = first[node.number];
        if (next[index] == NONE) {
            return List.of(all.get(index));
        }
        List<SourceRecord> records = new ArrayList<>();
        for (; index != NONE; index = next[index]) {
            records.add(all.get(index));
        }
        return records;
    }

    /** Each node with its records, in the order of the first. */
    void forEach(BiConsumer<Node, List<SourceRecord>> action) {
        for (Node node : nodes) {
            action.accept(node, of(node));
        }
    }
}
