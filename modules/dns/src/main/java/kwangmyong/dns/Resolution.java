package kwangmyong.dns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import kwangmyong.dns.message.Query;
import kwangmyong.dns.message.ResponseCode;
import kwangmyong.dns.message.ResponseWriter;
import kwangmyong.dns.message.Section;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import org.jspecify.annotations.Nullable;

/**
 * Follows a question through the zones, alias by alias, each of them decided, and writes down what it finds (RFC 1034 §4.3.2, RFC 2308,
 * RFC 4592, RFC 6672).
 */
final class Resolution {
    private final Query query;
    private final ResponseWriter writer;
    private final Signatures signatures;
    private final Proofs proofs;
    private final NamedHosts hosts;
    private final Lookup lookup = new Lookup();
    private final CanonicalName name = new CanonicalName();
    private final List<byte[]> seen = new ArrayList<>();
    private final List<Node> renames = new ArrayList<>();
    private int code;

    Resolution(Query query, ResponseWriter writer) {
        this.query = query;
        this.writer = writer;
        this.signatures = new Signatures(query, writer);
        this.proofs = new Proofs(writer, signatures);
        this.hosts = new NamedHosts(writer, signatures);
    }

    /**
     * Resolves the question.
     *
     * @return the decision that something else is to be presented; null when the answer was written
     */
    @Nullable
    Decision resolve(ZoneSet zones, boolean overTcp, Decider decider) {
        begin();
        name.set(query.message(), Query.HEADER);
        return follow(zones, null, overTcp, decider);
    }

    /**
     * Goes on from a name that the question's was said to be an alias of, whose CNAME stands in the answer already.
     *
     * @return the response code; what may not be resolved is left out
     */
    int goOn(ZoneSet zones, byte[] target, Asker asker) {
        begin();
        name.set(target, 0);
        Decision denial = follow(zones, target, asker.carrier().isStream(), asker.decider());
        return denial == null ? code : ResponseCode.NOERROR;
    }

    private void begin() {
        code = ResponseCode.NOERROR;
        seen.clear();
        renames.clear();
        proofs.begin();
    }

    /** @param from the name to begin with; null stands for the name of the question */
    private @Nullable Decision follow(ZoneSet zones, byte @Nullable [] from, boolean overTcp, Decider decider) {
        byte[] owner = from;
        String type = RecordType.word(query.type());
        while (true) {
            Lookup.Kind kind = lookup.find(zones, name, query.type());
            Decision decision = decider.decide(Action.RESOLVE, DomainName.text(name.octets(), 0), type);
            if (!isServed(decision.presentation(), overTcp)) {
                return decision;
            }
            if (owner == null) {
                begin(kind);
            }
            byte[] next = answer(kind, owner);
            if (next == null) {
                proofs.addNoted();
                return null;
            }
            owner = next;
            name.set(next, 0);
        }
    }

    private static boolean isServed(Presentation presentation, boolean overTcp) {
        return presentation == Presentation.AsAsked.AS_ASKED
                || (overTcp
                        && presentation instanceof Presentation.Truncated truncated
                        && truncated.then() == Presentation.AsAsked.AS_ASKED);
    }

    /** The header speaks of the first name (RFC 1035 §4.1.1). */
    private void begin(Lookup.Kind kind) {
        if (kind == Lookup.Kind.OUTSIDE) {
            code = ResponseCode.REFUSED;
            writer.extendedError(ExtendedError.NOT_AUTHORITATIVE, "");
        } else if (kind != Lookup.Kind.REFERRAL) {
            writer.authoritative();
        }
    }

    /** Writes what was found for one name; the name to go on with, null at the end. */
    private byte @Nullable [] answer(Lookup.Kind kind, byte @Nullable [] owner) {
        switch (kind) {
            case ALIAS -> {
                return alias(owner, Objects.requireNonNull(lookup.set()));
            }
            case RENAMED -> {
                return renamed(owner, Objects.requireNonNull(lookup.node()), Objects.requireNonNull(lookup.set()));
            }
            case FOUND -> found(owner, Objects.requireNonNull(lookup.set()));
            case ANYTHING -> anything(owner, Objects.requireNonNull(lookup.node()));
            case REFERRAL -> referral(Objects.requireNonNull(lookup.node()), Objects.requireNonNull(lookup.set()));
            case NO_DATA -> noData(owner);
            case NO_NAME -> noName(owner);
            case OUTSIDE -> {} // refused if it was the question, else for the asker to follow
        }
        return null;
    }

    private void found(byte @Nullable [] owner, RecordSet set) {
        if (answer(owner, set)) {
            noteWildcard();
            proofs.addNoted();
            hosts.add(zone(), set, null);
        }
    }

    private Zone zone() {
        return Objects.requireNonNull(lookup.zone());
    }

    private Node encloser() {
        return Objects.requireNonNull(lookup.encloser());
    }

    private boolean isSigned() {
        return signatures.wanted(zone());
    }

    /** Where a wildcard stood for the name: that it may, which is proved when the answer section is whole. */
    private void noteWildcard() {
        if (!lookup.isExact() && isSigned()) {
            proofs.wildcardMatched(zone(), name, encloser());
        }
    }

    private void noName(byte @Nullable [] owner) {
        code = ResponseCode.NXDOMAIN;
        negative();
        if (isSigned()) {
            proofs.noName(zone(), name, owner, encloser());
            if (Signatures.compact(zone()) != null && !query.isCompactOk()) {
                code = ResponseCode.NOERROR; // RFC 9824 §3.1, §5.1: as the record says
            }
        }
    }

    private void noData(byte @Nullable [] owner) {
        Node node = Objects.requireNonNull(lookup.node());
        if (query.type() == RecordType.RRSIG && signatures.addAll(owner, zone(), node)) {
            return;
        }
        if (query.type() == RecordType.NSEC && isSigned() && Signatures.compact(zone()) != null) {
            proofs.make(Section.ANSWER, zone(), name, owner, node);
            return;
        }
        negative();
        if (!isSigned()) {
            return;
        }
        if (lookup.isExact()) {
            proofs.noData(zone(), name, owner, node);
        } else {
            proofs.wildcardNoData(zone(), name, owner, encloser(), node);
        }
    }

    /** RFC 8482 §4.1: one record set, over any transport, as NSD and Knot do. */
    private void anything(byte @Nullable [] owner, Node node) {
        boolean signed = isSigned();
        for (int i = 0; i < node.setCount(); i++) {
            RecordSet set = node.set(i);
            boolean passedOver = set.type() == RecordType.RRSIG && (signed || node.setCount() > 1);
            if (!passedOver) {
                boolean fitted = answer(owner, set);
                noteWildcard();
                proofs.addNoted();
                if (fitted && set.type() != RecordType.SVCB && set.type() != RecordType.HTTPS) {
                    hosts.add(
                            zone(), set,
                            null); // of those two only where they are asked for by name, as NSD and Knot do
                }
                return;
            }
        }
    }

    private byte @Nullable [] alias(byte @Nullable [] owner, RecordSet cname) {
        if (!answer(owner, cname)) {
            return null;
        }
        noteWildcard();
        return unlessSeen(DomainName.at(cname.data(0), 0));
    }

    /**
     * The DNAME, once in an answer, and a CNAME made from it with its TTL (RFC 6672 §3.1). One whose target lies below itself is not followed: it
     * would go on until the name is too long.
     */
    private byte @Nullable [] renamed(byte @Nullable [] owner, Node node, RecordSet dname) {
        if (!renames.contains(node)) {
            renames.add(node);
            if (!signatures.add(Section.ANSWER, node.owner(), zone(), node, dname, dname.ttl())) {
                writer.truncated();
                return null;
            }
        }
        byte[] from = owner == null ? DomainName.at(query.message(), Query.HEADER) : owner;
        byte[] target = Alias.renamed(from, node.owner().length, dname.data(0));
        if (target == null) {
            code = ResponseCode.YXDOMAIN;
            return null;
        }
        if (!writer.add(Section.ANSWER, owner, RecordType.CNAME, dname.ttl(), target)) {
            writer.truncated();
            return null;
        }
        if (query.type() == RecordType.CNAME || Alias.isWithin(dname.data(0), node.owner())) {
            return null;
        }
        return unlessSeen(target); // ANY is followed, as NSD and Knot do
    }

    /** Cuts loops and chains without end; what was found so far is the answer. */
    private byte @Nullable [] unlessSeen(byte[] target) {
        seen.add(name.copy());
        byte[] canonical = DomainName.canonical(target);
        boolean loop = seen.stream().anyMatch(before -> Arrays.equals(before, canonical));
        return loop || seen.size() > Alias.MAX_CHAIN ? null : target;
    }

    private boolean answer(byte @Nullable [] owner, RecordSet set) {
        Node source = Objects.requireNonNull(lookup.node());
        boolean fitted = signatures.add(Section.ANSWER, owner, zone(), source, set, set.ttl());
        if (!fitted) {
            writer.truncated();
        }
        return fitted;
    }

    /** The NS records of the cut with what addresses we hold for them (RFC 1034 §4.2.1). */
    private void referral(Node cut, RecordSet nameServers) {
        if (writer.add(Section.AUTHORITY, cut.owner(), nameServers, nameServers.ttl())) {
            if (isSigned()) {
                proofs.cut(zone(), cut);
            }
            proofs.addNoted();
            hosts.add(zone(), nameServers, cut);
        } else {
            writer.truncated();
        }
    }

    private void negative() {
        if (writer.isForAnyClass()) {
            return; // that there is none in this class says nothing of others
        }
        Zone zone = zone();
        writer.authoritative();
        if (!signatures.add(
                Section.AUTHORITY, zone.apex().owner(), zone, zone.apex(), zone.soa(), zone.negativeTtl())) {
            writer.truncated();
        }
    }

    /** The SOA that says how long to remember that there is none, RFC 2308 §3; without a signature, for a denial that is not the zone's. */
    void negative(Zone zone) {
        if (writer.isForAnyClass()) {
            return;
        }
        writer.authoritative();
        if (!writer.add(Section.AUTHORITY, zone.apex().owner(), zone.soa(), zone.negativeTtl())) {
            writer.truncated();
        }
    }

    int code() {
        return code;
    }
}
