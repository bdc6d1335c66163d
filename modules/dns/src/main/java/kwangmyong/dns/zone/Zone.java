package kwangmyong.dns.zone;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A zone that passed its checks. Immutable; any thread may read it. */
public final class Zone {
    private final Node apex;
    private final NameTable<Node> table;
    private final List<Node> nodes;
    private final List<Node> hashed;
    private final @Nullable ZoneSecurity security;
    private final RecordSet soa;
    private final int negativeTtl;

    Zone(Node apex, NameTable<Node> table, List<Node> nodes, List<Node> hashed, @Nullable ZoneSecurity security) {
        this.apex = apex;
        this.table = table;
        this.nodes = List.copyOf(nodes);
        this.hashed = List.copyOf(hashed);
        this.security = security;
        this.soa = Objects.requireNonNull(apex.find(RecordType.SOA), "a zone has a SOA");
        this.negativeTtl = Math.min(soa.ttl(), minimum(soa.data(0)));
    }

    public Node apex() {
        return apex;
    }

    public RecordSet soa() {
        return soa;
    }

    /** How long "there is none" may be remembered, in seconds: the SOA's TTL or its MINIMUM, whichever is less (RFC 2308 §3). */
    public int negativeTtl() {
        return negativeTtl;
    }

    /** Every name that exists, the apex first and the rest in the order of the file. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The owners of NSEC3 records, which are no names of the zone: nobody finds them by asking (RFC 5155 §7.2.8), a transfer has them. */
    public List<Node> hashed() {
        return hashed;
    }

    /** How the zone proves what it says; null when it is not signed. */
    public @Nullable ZoneSecurity security() {
        return security;
    }

    /** The closest encloser of {@code name}, which lies in this zone: the name itself where it exists, else its closest ancestor that does. */
    public Node closest(CanonicalName name) {
        int lastLabel = name.labels() - apex.labels();
        for (int label = 0; label < lastLabel; label++) {
            Node node = table.get(name, label);
            if (node != null) {
                return node;
            }
        }
        return apex;
    }

    private static int minimum(byte[] soaData) {
        int minimum = ByteBuffer.wrap(soaData).getInt(soaData.length - Integer.BYTES);
        return minimum < 0 ? 0 : minimum; // RFC 2181 §8: more than 31 bits is taken as zero
    }
}
