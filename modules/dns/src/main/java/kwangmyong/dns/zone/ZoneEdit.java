package kwangmyong.dns.zone;

import java.nio.file.Path;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Makes a zone out of another: some records left out, others put in. */
public final class ZoneEdit {
    private static final Path NO_FILE = Path.of("");

    private final Zone base;
    private final Faults faults = new Faults();
    private final ZoneBuilder builder;

    /**
     * Begins with the records of a zone.
     *
     * @param leftOut types of records that are not taken over
     */
    public ZoneEdit(Zone base, IntPredicate leftOut) {
        this.base = base;
        this.builder = new ZoneBuilder(base.apex().owner(), NO_FILE, faults);
        base.nodes().forEach(node -> take(node, leftOut));
        base.hashed().forEach(node -> take(node, leftOut));
    }

    private void take(Node node, IntPredicate leftOut) {
        for (int i = 0; i < node.setCount(); i++) {
            RecordSet set = node.set(i);
            for (int record = 0; record < set.size() && !leftOut.test(set.type()); record++) {
                add(node.owner(), set.type(), set.ttl(), set.data(record));
            }
        }
    }

    /** Puts a record in; one that is there already adds nothing. */
    public void add(byte[] owner, int type, int ttl, byte[] data) {
        builder.add(new SourceRecord(owner, type, ttl, data, NO_FILE, 0));
    }

    /**
     * The new zone.
     *
     * @param signer what signs for it; null for a zone that holds its signatures, or none
     * @throws IllegalArgumentException when the records put in make no sound zone
     */
    public Zone build(@Nullable OnlineSigner signer) {
        Zone zone = builder.build(signer);
        if (zone == null) {
            throw new IllegalArgumentException(base.apex().text() + ": " + faults.list());
        }
        return zone;
    }
}
