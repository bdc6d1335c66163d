package kwangmyong.dns.zone;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The NSEC records of a zone in canonical order, to find the one that denies a name (RFC 4034 §4). Immutable. */
public final class NsecChain {
    private final byte[][] keys;
    private final Node[] nodes;

    /** @param nodes those that have an NSEC record, one or more */
    NsecChain(List<Node> nodes) {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Link(byte[] key, Node node) {}
        Link[] links = nodes.stream()
                .map(node -> new Link(CanonicalOrder.key(DomainName.canonical(node.owner()), 0), node))
                .sorted(Comparator.comparing(Link::key, Arrays::compareUnsigned))
                .toArray(Link[]::new);
        this.keys = Arrays.stream(links).map(Link::key).toArray(byte[][]::new);
        this.nodes = Arrays.stream(links).map(Link::node).toArray(Node[]::new);
    }

    /**
     * The node whose NSEC record matches the name, or covers it.
     *
     * @param name uncompressed and in lower case
     */
    public Node floor(byte[] name) {
        return nodes[CanonicalOrder.floor(keys, CanonicalOrder.key(name, 0))];
    }
}
