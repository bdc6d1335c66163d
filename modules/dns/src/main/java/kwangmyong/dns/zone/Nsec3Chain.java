package kwangmyong.dns.zone;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The NSEC3 records of a zone by hash, to find the one that matches or covers a name (RFC 5155 §7). Immutable. */
public final class Nsec3Chain {
    private final Nsec3Hash hash;
    private final byte[][] hashes;
    private final Node[] nodes;

    /** @param nodes those that have an NSEC3 record with the parameters of {@code hash}, one or more */
    Nsec3Chain(Nsec3Hash hash, List<Node> nodes) {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Link(byte[] hash, Node node) {}
        Link[] links = nodes.stream()
                .map(node -> new Link(Base32Hex.decode(node.owner(), 1, node.owner()[0]), node))
                .sorted(Comparator.comparing(Link::hash, Arrays::compareUnsigned))
                .toArray(Link[]::new);
        this.hash = hash;
        this.hashes = Arrays.stream(links).map(Link::hash).toArray(byte[][]::new);
        this.nodes = Arrays.stream(links).map(Link::node).toArray(Node[]::new);
    }

    /** The hash of a name that is uncompressed and in lower case. */
    public byte[] hash(byte[] name) {
        return hash.of(name);
    }

    /** The node whose record has this hash; null where there is none. */
    public @Nullable Node matching(byte[] hashed) {
        int at = CanonicalOrder.floor(hashes, hashed);
        return Arrays.equals(hashes[at], hashed) ? nodes[at] : null;
    }

    /** The node whose record has the greatest hash that is not above this one, the last where all are. */
    public Node covering(byte[] hashed) {
        return nodes[CanonicalOrder.floor(hashes, hashed)];
    }

    /** The nodes by hash. */
    List<Node> nodes() {
        return List.of(nodes);
    }
}
