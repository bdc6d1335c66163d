package kwangmyong.dns;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kwangmyong.dns.message.Query;
import kwangmyong.dns.message.ResponseCode;
import kwangmyong.dns.message.ResponseWriter;
import kwangmyong.dns.message.Section;
import kwangmyong.dns.tsig.TsigExchange;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneDifference;
import kwangmyong.dns.zone.ZoneDifference.Part;
import org.jspecify.annotations.Nullable;

/**
 * A zone on its way out, message by message, as the connection takes them (RFC 5936 §2.2): the SOA, everything else, glue and what is
 * hidden below cuts included, and the SOA again; or what changed, version by version (RFC 1995 §4). It keeps the zone that it began with, whatever
 * is loaded meanwhile. Where the request was signed, so is every message (RFC 8945 §5.3.1).
 */
final class ZoneTransfer {
    /** Room of a message; one set that is larger gets a message of its own. */
    static final int MESSAGE_ROOM = 16_384;

    private final Zone zone;
    private final Query query = new Query();
    private final ResponseWriter writer;
    private final Signatures signatures;
    private final @Nullable List<Part> changes;
    private final @Nullable TsigExchange signing;
    private final InstantSource time;
    private byte @Nullable [] signed;
    private int change;
    private int node;
    private int set;
    private boolean begun;
    private boolean ended;

    /**
     * A transfer.
     *
     * @param steps what changed since the client's version; null for the whole zone
     * @param signing null where nobody signs
     */
    ZoneTransfer(
            Zone zone,
            @Nullable List<ZoneDifference> steps,
            Query asked,
            @Nullable TsigExchange signing,
            InstantSource time) {
        this.zone = zone;
        this.changes = steps == null ? null : changes(steps);
        this.signing = signing;
        this.time = time;
        byte[] message = Arrays.copyOf(asked.message(), asked.length());
        this.query.read(message, message.length);
        this.writer = new ResponseWriter(Query.CLASSIC_PAYLOAD);
        this.signatures = new Signatures(query, writer);
    }

    private static List<Part> changes(List<ZoneDifference> steps) {
        List<Part> all = new ArrayList<>();
        for (ZoneDifference step : steps) {
            all.add(step.before());
            all.addAll(step.removed());
            all.add(step.after());
            all.addAll(step.added());
        }
        return all;
    }

    boolean hasNext() {
        return !ended;
    }

    /** Makes the next message; its octets are in {@link #message}. Only while {@link #hasNext}. */
    int next() {
        int overhead = signing == null ? 0 : signing.overhead();
        int length = fill(MESSAGE_ROOM);
        if (length == 0) {
            length = fill(ResponseWriter.MAX_MESSAGE - overhead);
        }
        if (signing != null) {
            signed = signing.sign(writer.message(), length, time.instant());
            length = signed.length;
        }
        return length;
    }

    private int fill(int room) {
        writer.begin(query, room);
        writer.authoritative();
        boolean any = !begun;
        if (!begun) {
            begun = true;
            addSoa();
        }
        if (changes != null) {
            return fillChanges(changes, room, any);
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
        return last();
    }

    private int fillChanges(List<Part> all, int room, boolean begun) {
        boolean any = begun;
        for (; change < all.size(); change++) {
            Part part = all.get(change);
            if (!writer.add(Section.ANSWER, part.owner(), part.type(), part.ttl(), part.data())) {
                return any ? writer.finish(ResponseCode.NOERROR) : failedOr(room);
            }
            any = true;
        }
        return last();
    }

    private int last() {
        ended = addSoa();
        return writer.finish(ResponseCode.NOERROR);
    }

    /** A set that not even the largest message holds cannot be had at all; the transfer ends with an error. */
    private int failedOr(int room) {
        if (room == MESSAGE_ROOM) {
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
        return signed == null ? writer.message() : signed;
    }
}
