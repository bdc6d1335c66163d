package kwangmyong.dns.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one version of a zone to the next, as RFC 1995 §4 has it.
 *
 * @param from the old version's serial
 * @param before the old SOA; {@code after} the new
 * @param removed what the old version had, its SOA left out; {@code added} likewise
 */
public record ZoneDifference(long from, long to, Part before, Part after, List<Part> removed, List<Part> added) {
    /** More changes than this are not kept: a whole transfer does as well. */
    public static final int MAX_RECORDS = 100_000;

    public ZoneDifference {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /** One record. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Part(byte[] owner, int type, int ttl, byte[] data) {}

    /** How many records it has. */
    public int size() {
        return removed.size() + added.size();
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** The difference; null when it is too large to keep. The two have the same apex. */
    public static @Nullable ZoneDifference between(Zone old, Zone fresh) {
        List<Part> removed = new ArrayList<>();
        List<Part> added = new ArrayList<>();
        if (!collect(old, fresh, removed) || !collect(fresh, old, added)) {
            return null;
        }
        return new ZoneDifference(Serial.of(old), Serial.of(fresh), soa(old), soa(fresh), removed, added);
    }

    private static Part soa(Zone zone) {
        return new Part(
                zone.apex().owner(),
                RecordType.SOA,
                zone.soa().ttl(),
                zone.soa().data(0));
    }

    /** Puts what {@code one} has and {@code other} has not; false when there is too much of it. */
    private static boolean collect(Zone one, Zone other, List<Part> into) {
        CanonicalName name = new CanonicalName();
        for (Node node : one.nodes()) {
            name.set(node.owner(), 0);
            Node there = other.closest(name);
            if (!collect(node, there.labels() == node.labels() ? there : null, into)) {
                return false;
            }
        }
        Map<String, Node> hashed = new HashMap<>();
        other.hashed().forEach(node -> hashed.put(node.text(), node));
        for (Node node : one.hashed()) {
            if (!collect(node, hashed.get(node.text()), into)) {
                return false;
            }
        }
        return true;
    }

    private static boolean collect(Node node, @Nullable Node there, List<Part> into) {
        for (int i = 0; i < node.setCount(); i++) {
            RecordSet set = node.set(i);
            RecordSet others = there == null ? null : there.find(set.type());
            for (int record = 0; record < set.size() && set.type() != RecordType.SOA; record++) {
                int ttl = ttl(node, set, record);
                if (others == null || !holds(there, others, set.data(record), ttl)) {
                    into.add(new Part(node.owner(), set.type(), ttl, set.data(record)));
                }
            }
        }
        return into.size() <= MAX_RECORDS;
    }

    private static boolean holds(@Nullable Node node, RecordSet set, byte[] data, int ttl) {
        for (int i = 0; i < set.size(); i++) {
            if (Arrays.equals(set.data(i), data)) {
                return node != null && ttl(node, set, i) == ttl;
            }
        }
        return false;
    }

    /** A signature has the TTL of what it covers (RFC 4034 §3). */
    private static int ttl(Node node, RecordSet set, int record) {
        RecordSet covered = set.type() == RecordType.RRSIG ? node.find(Rrsig.covered(set.data(record))) : null;
        return covered == null ? set.ttl() : covered.ttl();
    }
}
