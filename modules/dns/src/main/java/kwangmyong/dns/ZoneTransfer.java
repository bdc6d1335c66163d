package kwangmyong.dns;

import java.util.Arrays;
import kwangmyong.dns.message.Query;
import kwangmyong.dns.message.ResponseCode;
import kwangmyong.dns.message.ResponseWriter;
import kwangmyong.dns.message.Section;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.Zone;

/**
 * A zone on its way out, message by message, as the connection takes them (RFC 5936 §2.2): the SOA, everything else, glue and what is
 * hidden below cuts included, and the SOA again. It keeps the zone that it began with, whatever is loaded meanwhile.
 */
final class ZoneTransfer {
    /** Room of a message; one set that is larger gets a message of its own. */
    static final int MESSAGE_ROOM = 16_384;

    private final Zone zone;
    private final Query query = new Query();
    private final ResponseWriter writer;
    private final Signatures signatures;
    private int node;
    private int set;
    private boolean begun;
    private boolean ended;

    ZoneTransfer(Zone zone, Query asked) {
        this.zone = zone;
        byte[] message = Arrays.copyOf(asked.message(), asked.length());
        this.query.read(message, message.length);
        this.writer = new ResponseWriter(Query.CLASSIC_PAYLOAD);
        this.signatures = new Signatures(query, writer);
    }

    boolean hasNext() {
        return !ended;
    }

    /** Makes the next message; its octets are in {@link #message}. Only while {@link #hasNext}. */
    int next() {
        int length = fill(MESSAGE_ROOM);
        return length > 0 ? length : fill(ResponseWriter.MAX_MESSAGE);
    }

    private int fill(int room) {
        writer.begin(query, room);
        writer.authoritative();
        boolean any = !begun;
        if (!begun) {
            begun = true;
            addSoa();
        }
        while (node < zone.nodes().size() + zone.hashed().size()) {
            Node at = node < zone.nodes().size()
                    ? zone.nodes().get(node)
                    : zone.hashed().get(node - zone.nodes().size());
            while (set < at.setCount()) {
                RecordSet next = at.set(set);
                if (next != zone.soa() && !signatures.addPlain(Section.ANSWER, at.owner(), at, next, next.ttl())) {
                    return any ? writer.finish(ResponseCode.NOERROR) : failedOr(room);
                }
                any = true;
                set++;
            }
            set = 0;
            node++;
        }
        if (!addSoa()) {
            return writer.finish(ResponseCode.NOERROR);
        }
        ended = true;
        return writer.finish(ResponseCode.NOERROR);
    }

    /** A set that not even the largest message holds cannot be had at all; the transfer ends with an error. */
    private int failedOr(int room) {
        if (room < ResponseWriter.MAX_MESSAGE) {
            return 0;
        }
        ended = true;
        writer.restart();
        return writer.finish(ResponseCode.SERVFAIL);
    }

    private boolean addSoa() {
        return writer.add(
                Section.ANSWER, zone.apex().owner(), zone.soa(), zone.soa().ttl());
    }

    byte[] message() {
        return writer.message();
    }
}
