package kwangmyong.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.Zone;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/** Fetches a zone from its primary, what changed where that is possible (RFC 1995) and the whole otherwise. Blocks: never on an event loop. */
final class ZoneIntake {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    /** More records than this are not taken. */
    private static final int MAX_RECORDS = 1_000_000;

    private ZoneIntake() {}

    /**
     * Asks.
     *
     * @param held what is there already; null for nothing
     * @return the zone as a master file; null where nothing newer is to be had
     * @throws IOException when the primary does not answer, refuses, or sends what cannot be taken
     */
    static @Nullable String fetch(
            String zone, @Nullable Zone held, long serial, InetSocketAddress primary, @Nullable TSIG key)
            throws IOException {
        Name name = Name.fromString(zone + ".");
        ZoneTransferIn transfer = held == null
                ? ZoneTransferIn.newAXFR(name, primary, key)
                : ZoneTransferIn.newIXFR(name, serial, false, primary, key);
        transfer.setTimeout(WITHIN);
        Taken taken = new Taken(held);
        try {
            transfer.run(taken);
        } catch (ZoneTransferException refused) {
            throw new IOException(String.valueOf(refused.getMessage()), refused);
        }
        return taken.any ? taken.text() : null;
    }

    /** What has come so far. */
    private static final class Taken implements ZoneTransferIn.ZoneTransferHandler {
        private final Map<String, Record> records = new LinkedHashMap<>();
        private boolean deletes;
        private boolean any;

        Taken(@Nullable Zone held) throws IOException {
            if (held != null) {
                for (Node node : held.nodes()) {
                    take(node);
                }
                for (Node node : held.hashed()) {
                    take(node);
                }
            }
        }

        private void take(Node node) throws IOException {
            Name owner = new Name(node.owner());
            for (int i = 0; i < node.setCount(); i++) {
                RecordSet set = node.set(i);
                for (int record = 0; record < set.size(); record++) {
                    put(Record.newRecord(owner, set.type(), DClass.IN, set.ttl(), set.data(record)));
                }
            }
        }

        private static String key(Record record) {
            return record.getName().toString().toLowerCase(java.util.Locale.ROOT) + " " + record.getType() + " "
                    + record.rdataToString();
        }

        private void put(Record record) {
            records.put(record.getType() == Type.SOA ? "soa" : key(record), record);
        }

        @Override
        public void startAXFR() {
            any = true;
            records.clear();
            deletes = false;
        }

        @Override
        public void startIXFR() {
            any = true;
            deletes = false;
        }

        @Override
        public void startIXFRDeletes(Record soa) {
            deletes = true;
        }

        @Override
        public void startIXFRAdds(Record soa) {
            deletes = false;
            put(soa);
        }

        @Override
        public void handleRecord(Record record) throws ZoneTransferException {
            if (record instanceof SOARecord) {
                if (!deletes) {
                    put(record);
                }
            } else if (deletes) {
                records.remove(key(record));
            } else {
                put(record);
            }
            if (records.size() > MAX_RECORDS) {
                throw new ZoneTransferException("more than " + MAX_RECORDS + " records");
            }
        }

        String text() {
            StringBuilder text = new StringBuilder();
            records.values().forEach(record -> text.append(record).append('\n'));
            return text.toString();
        }
    }
}
