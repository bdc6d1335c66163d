package kwangmyong.dns.zone;

import java.util.List;

/**
 * The records of one type at one name (RFC 2181 §5), with data as wire octets without compression. Immutable once its zone is built.
 */
public final class RecordSet {
    private static final Node[] NOTHING = {};

    private final int type;
    private final int ttl;
    /** The one record's data, or an array of all. A million sets of one record need not be two million arrays. */
    private final Object data;

    private Node[] additional = NOTHING;

    /** @param ttl in seconds; one for the whole set, RFC 2181 §5.2 */
    RecordSet(int type, int ttl, List<byte[]> data) {
        this(type, ttl, data.size() == 1 ? data.get(0) : data.toArray(new byte[0][]));
    }

    private RecordSet(int type, int ttl, Object data) {
        this.type = type;
        this.ttl = ttl;
        this.data = data;
    }

    /** A set of one record. */
    public static RecordSet of(int type, int ttl, byte[] data) {
        return new RecordSet(type, ttl, (Object) data);
    }

    public int type() {
        return type;
    }

    /** In seconds. */
    public int ttl() {
        return ttl;
    }

    /** Number of records, 1 or more. */
    public int size() {
        return data instanceof byte[][] all ? all.length : 1;
    }

    /** The data of one record; not to be written to. */
    public byte[] data(int record) {
        return data instanceof byte[][] all ? all[record] : (byte[]) data;
    }

    /** The hosts that the records name and whose addresses this zone holds, in order, each once. */
    public int additionalSize() {
        return additional.length;
    }

    public Node additional(int index) {
        return additional[index];
    }

    void link(List<Node> hosts) {
        additional = hosts.toArray(NOTHING);
    }
}
