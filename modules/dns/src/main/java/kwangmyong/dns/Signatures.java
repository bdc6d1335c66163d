package kwangmyong.dns;

import java.util.Objects;
import kwangmyong.dns.message.Query;
import kwangmyong.dns.message.ResponseWriter;
import kwangmyong.dns.message.Section;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.OnlineSigner;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Rrsig;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneSecurity;
import org.jspecify.annotations.Nullable;

/**
 * Writes record sets with their signatures, where the client wants them (RFC 4035 §3.1.1): those that the zone holds as records, or such as are
 * made now. A signature has the TTL of its set.
 */
final class Signatures {
    private final Query query;
    private final ResponseWriter writer;

    Signatures(Query query, ResponseWriter writer) {
        this.query = query;
        this.writer = writer;
    }

    /** Whether what this zone says is to be signed for this client. */
    boolean wanted(Zone zone) {
        return query.isDnssecOk() && zone.security() != null;
    }

    /**
     * Adds a set and its signatures.
     *
     * @param owner null for the name of the question
     * @param source where the zone has the set: a wildcard's node for what it stands for
     * @return whether all of it fitted
     */
    boolean add(Section section, byte @Nullable [] owner, Zone zone, Node source, RecordSet set, int ttl) {
        return addPlain(section, owner, source, set, ttl)
                && (set.type() == RecordType.RRSIG
                        || !wanted(zone)
                        || sign(section, owner, zone, source, set, ttl, true));
    }

    /** Adds a set alone, or nothing of it. Signatures have each the TTL of what they cover, and so are no set (RFC 4034 §3). */
    boolean addPlain(Section section, byte @Nullable [] owner, Node source, RecordSet set, int ttl) {
        return set.type() == RecordType.RRSIG
                ? addEach(section, owner, source, set)
                : writer.add(section, owner, set, ttl);
    }

    private boolean addEach(Section section, byte @Nullable [] owner, Node source, RecordSet signatures) {
        int start = writer.position();
        for (int i = 0; i < signatures.size(); i++) {
            byte[] data = signatures.data(i);
            RecordSet covered = source.find(Rrsig.covered(data));
            int ttl = covered == null ? signatures.ttl() : covered.ttl();
            if (!writer.add(section, owner, RecordType.RRSIG, ttl, data)) {
                writer.takeBack(section, i, start);
                return false;
            }
        }
        return true;
    }

    /** Adds the signatures of a set that stands in the message already. */
    boolean sign(
            Section section,
            byte @Nullable [] owner,
            Zone zone,
            Node source,
            RecordSet set,
            int ttl,
            boolean standing) {
        OnlineSigner signer = Objects.requireNonNull(zone.security()).signer();
        if (signer == null) {
            return signed(section, owner, source, set.type(), ttl);
        }
        if (source.occluder() != null || (source.isCut() && !speaksAtCut(set.type()))) {
            return true; // glue, and what is the child's to say
        }
        // Where denials are made up, what a wildcard stands for is signed as if it stood there itself (RFC 9824 §3.3),
        // and
        // needs no proof that it does not.
        byte[] signedName = signer.isCompact() ? canonical(owner) : DomainName.canonical(source.owner());
        boolean own = standing && signedName.length == source.owner().length;
        return writer.add(section, owner, RecordType.RRSIG, ttl, signer.sign(signedName, set, own));
    }

    private boolean signed(Section section, byte @Nullable [] owner, Node source, int type, int ttl) {
        RecordSet signatures = source.find(RecordType.RRSIG);
        for (int i = 0; signatures != null && i < signatures.size(); i++) {
            byte[] data = signatures.data(i);
            if (Rrsig.covered(data) == type && !writer.add(section, owner, RecordType.RRSIG, ttl, data)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Adds to the answer the signatures of everything that a name has, in a zone that holds none as records.
     *
     * @return whether there are such
     */
    boolean addAll(byte @Nullable [] owner, Zone zone, Node source) {
        ZoneSecurity security = zone.security();
        if (security == null || security.signer() == null || source.setCount() == 0) {
            return false;
        }
        for (int i = 0; i < source.setCount(); i++) {
            RecordSet set = source.set(i);
            if (!sign(Section.ANSWER, owner, zone, source, set, set.ttl(), true)) {
                writer.truncated();
            }
        }
        return true;
    }

    private static boolean speaksAtCut(int type) {
        return type == RecordType.DS || type == RecordType.NSEC;
    }

    /** The name in lower case; null stands for that of the question. */
    byte[] canonical(byte @Nullable [] owner) {
        return owner == null ? query.name().copy() : DomainName.canonical(owner);
    }

    /** Whether a zone is to hold its signatures as records and does not yet. */
    static boolean isUnfinished(Zone zone) {
        ZoneSecurity security = zone.security();
        return security != null
                && security.signer() != null
                && !security.signer().isCompact();
    }

    /** The signer of a zone that makes its denials up; null for every other. */
    static @Nullable OnlineSigner compact(Zone zone) {
        ZoneSecurity security = zone.security();
        OnlineSigner signer = security == null ? null : security.signer();
        return signer != null && signer.isCompact() ? signer : null;
    }
}
