package kwangmyong.dns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import kwangmyong.dns.message.ResponseWriter;
import kwangmyong.dns.message.Section;
import kwangmyong.dns.sign.CompactDenial;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.Nsec3Chain;
import kwangmyong.dns.zone.NsecChain;
import kwangmyong.dns.zone.OnlineSigner;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneSecurity;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the authority section what proves that something is not there: by NSEC (RFC 4035 §3.1.3), NSEC3 (RFC 5155 §7.2) or a record made up for
 * the name (RFC 9824 §3). No record is added twice to one response.
 */
final class Proofs {
    private static final byte[] STAR = {1, '*'};

    private final ResponseWriter writer;
    private final Signatures signatures;
    private final List<Node> added = new ArrayList<>();
    private final List<Expansion> noted = new ArrayList<>();

    Proofs(ResponseWriter writer, Signatures signatures) {
        this.writer = writer;
        this.signatures = signatures;
    }

    /** A name that a wildcard stood for. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Expansion(Zone zone, byte[] name, int encloserLabels) {}

    /** Begins a response. */
    void begin() {
        added.clear();
        noted.clear();
    }

    /**
     * That a name does not exist, and no wildcard stands for it.
     *
     * @param owner the name as it stands in the message, null for the question's
     * @param encloser its closest ancestor that exists
     */
    void noName(Zone zone, CanonicalName name, byte @Nullable [] owner, Node encloser) {
        if (Signatures.compact(zone) != null) {
            make(Section.AUTHORITY, zone, name, owner, null);
            return;
        }
        Nsec3Chain nsec3 = security(zone).nsec3();
        if (nsec3 != null) {
            Node provable = encloser(zone, nsec3, name, encloser.labels());
            cover(zone, nsec3, name, provable.labels());
            add(zone, nsec3.covering(nsec3.hash(star(provable))), RecordType.NSEC3);
            return;
        }
        deny(zone, name.copy());
        deny(zone, star(encloser));
    }

    /** That a name which exists, by itself, does not have the type asked for. */
    void noData(Zone zone, CanonicalName name, byte @Nullable [] owner, Node node) {
        if (Signatures.compact(zone) != null) {
            make(Section.AUTHORITY, zone, name, owner, node);
            return;
        }
        Nsec3Chain nsec3 = security(zone).nsec3();
        if (nsec3 == null) {
            deny(zone, name.copy());
            return;
        }
        Node match = nsec3.matching(nsec3.hash(name.copy()));
        if (match != null) {
            add(zone, match, RecordType.NSEC3);
        } else { // not in the chain: an unsigned delegation that was left out of it (RFC 5155 §7.2.4)
            Node provable = encloser(zone, nsec3, name, node.labels() - 1);
            cover(zone, nsec3, name, provable.labels());
        }
    }

    /** That a name exists by a wildcard alone, which does not have the type asked for either. */
    void wildcardNoData(Zone zone, CanonicalName name, byte @Nullable [] owner, Node encloser, Node wildcard) {
        if (Signatures.compact(zone) != null) {
            make(Section.AUTHORITY, zone, name, owner, wildcard);
            return;
        }
        Nsec3Chain nsec3 = security(zone).nsec3();
        if (nsec3 != null) {
            Node provable = encloser(zone, nsec3, name, encloser.labels());
            cover(zone, nsec3, name, provable.labels());
            Node match = nsec3.matching(nsec3.hash(DomainName.canonical(wildcard.owner())));
            if (match != null) {
                add(zone, match, RecordType.NSEC3);
            }
            return;
        }
        deny(zone, name.copy());
        deny(zone, DomainName.canonical(wildcard.owner()));
    }

    /** That a wildcard may stand for a name, since nothing closer exists; noted until {@link #addNoted}, behind the last answer of a chain. */
    void wildcardMatched(Zone zone, CanonicalName name, Node encloser) {
        if (Signatures.compact(zone) == null) {
            noted.add(new Expansion(zone, name.copy(), encloser.labels()));
        }
    }

    /** Adds what was noted. */
    void addNoted() {
        for (Expansion each : noted) {
            Nsec3Chain nsec3 = security(each.zone()).nsec3();
            if (nsec3 == null) {
                deny(each.zone(), each.name());
            } else {
                CanonicalName name = new CanonicalName();
                name.set(each.name(), 0);
                cover(each.zone(), nsec3, name, each.encloserLabels());
            }
        }
        noted.clear();
    }

    /** Of a zone cut: the DS of its other side, or that there is none. */
    void cut(Zone zone, Node cut) {
        RecordSet ds = cut.find(RecordType.DS);
        if (ds != null) {
            if (!signatures.add(Section.AUTHORITY, cut.owner(), zone, cut, ds, ds.ttl())) {
                writer.truncated();
            }
            return;
        }
        CanonicalName name = new CanonicalName();
        name.set(cut.owner(), 0);
        noData(zone, name, cut.owner(), cut);
    }

    private static ZoneSecurity security(Zone zone) {
        return Objects.requireNonNull(zone.security());
    }

    private static byte[] star(Node encloser) {
        byte[] owner = DomainName.canonical(encloser.owner());
        byte[] star = Arrays.copyOf(STAR, STAR.length + owner.length);
        System.arraycopy(owner, 0, star, STAR.length, owner.length);
        return star;
    }

    /** The NSEC that matches or covers a name. */
    private void deny(Zone zone, byte[] name) {
        NsecChain chain = security(zone).nsec();
        if (chain != null) {
            add(zone, chain.floor(name), RecordType.NSEC);
        }
    }

    /** Adds the closest ancestor, with at most {@code labels} labels, that is in the chain of hashes; returns its node in the zone. */
    private Node encloser(Zone zone, Nsec3Chain chain, CanonicalName name, int labels) {
        for (int count = labels; count > zone.apex().labels(); count--) {
            byte[] ancestor = suffix(name, count);
            Node match = chain.matching(chain.hash(ancestor));
            if (match != null) {
                add(zone, match, RecordType.NSEC3);
                CanonicalName found = new CanonicalName();
                found.set(ancestor, 0);
                return zone.closest(found);
            }
        }
        Node match = chain.matching(chain.hash(DomainName.canonical(zone.apex().owner())));
        if (match != null) {
            add(zone, match, RecordType.NSEC3);
        }
        return zone.apex();
    }

    /** Adds what covers the name one label longer than the closest encloser (RFC 5155 §1.3, "next closer name"). */
    private void cover(Zone zone, Nsec3Chain chain, CanonicalName name, int encloserLabels) {
        add(zone, chain.covering(chain.hash(suffix(name, encloserLabels + 1))), RecordType.NSEC3);
    }

    private static byte[] suffix(CanonicalName name, int labels) {
        return Arrays.copyOfRange(name.octets(), name.offset(name.labels() - labels), name.length());
    }

    private void add(Zone zone, Node node, int type) {
        RecordSet set = node.find(type);
        if (set == null || added.contains(node)) {
            return;
        }
        added.add(node);
        if (!signatures.add(Section.AUTHORITY, node.owner(), zone, node, set, set.ttl())) {
            writer.truncated();
        }
    }

    /** Makes the NSEC record of a name up; {@code node} is what it has, null for a name that does not exist. */
    void make(Section section, Zone zone, CanonicalName name, byte @Nullable [] owner, @Nullable Node node) {
        OnlineSigner signer = Objects.requireNonNull(Signatures.compact(zone));
        RecordSet nsec = CompactDenial.nsec(name.copy(), node, zone.negativeTtl());
        boolean standing = node != null && node.labels() == name.labels();
        byte[] signature = signer.sign(name.copy(), nsec, standing);
        if (!writer.add(section, owner, nsec, nsec.ttl())
                || !writer.add(section, owner, RecordType.RRSIG, nsec.ttl(), signature)) {
            writer.truncated();
        }
    }
}
