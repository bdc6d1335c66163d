package kwangmyong.dns.zone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts records together to a zone and checks that they make one: everything within the origin, one SOA and an NS at the apex, nothing
 * beside an alias (RFC 1034 §3.6.2, RFC 2181 §10.1, RFC 6672 §2.4).
 */
final class ZoneBuilder {
    private static final byte[] STAR = {1, '*'};

    /** Octets of a record beside its data, once its owner is a pointer. */
    private static final int RECORD_OVERHEAD = 12;

    /** Octets that a record set may take: a message over TCP without header, question and OPT record. */
    private static final int MAX_SET = 65_535 - 535;

    private final Path file;
    private final Faults faults;
    private final CanonicalName name = new CanonicalName();
    private final NameTable<Node> table = new NameTable<>(Node::owner);
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Node> hashed = new LinkedHashMap<>();
    private final SourceRecords records = new SourceRecords();
    private final byte[] origin;
    private final Node apex;

    /** @param origin an uncompressed name */
    ZoneBuilder(byte[] origin, Path file, Faults faults) {
        this.file = file;
        this.faults = faults;
        this.origin = DomainName.canonical(origin);
        name.set(origin, 0);
        apex = new Node(origin, name.labels());
        table.put(name, apex);
        nodes.add(apex);
    }

    void add(SourceRecord record) {
        name.set(record.owner(), 0);
        int above = name.labels() - apex.labels();
        if (above < 0 || !isBelowApex(above)) {
            faults.add(record.fault("lies outside the zone"));
            return;
        }
        Node node = isHashed(record) ? hashed(record.owner()) : node(record.owner());
        records.add(node, record);
    }

    /** Whether a record belongs to the chain of NSEC3 rather than to a name of the zone. */
    private static boolean isHashed(SourceRecord record) {
        return record.type() == RecordType.NSEC3
                || (record.type() == RecordType.RRSIG && Rrsig.covered(record.data()) == RecordType.NSEC3);
    }

    private Node hashed(byte[] owner) {
        return hashed.computeIfAbsent(DomainName.text(owner, 0), first -> new Node(owner, name.labels()));
    }

    private boolean isBelowApex(int label) {
        int from = name.offset(label);
        return Arrays.equals(name.octets(), from, name.length(), origin, 0, origin.length);
    }

    /** The node of the name just set, made with all its ancestors where they are missing. */
    private Node node(byte[] owner) {
        Node known = table.get(name, 0);
        if (known != null) {
            return known;
        }
        Node node = new Node(owner, name.labels());
        table.put(name, node);
        nodes.add(node);
        Node parent = table.get(name, 1);
        if (parent == null) {
            byte[] parentOwner = Arrays.copyOfRange(owner, owner[0] + 1, owner.length);
            name.set(parentOwner, 0);
            parent = node(parentOwner);
        }
        node.parent = parent;
        if (owner[0] == STAR[0] && owner[1] == STAR[1]) {
            parent.wildcard(node);
        }
        return node;
    }

    /**
     * The zone; null when anything is wrong with it.
     *
     * @param signer what signs for it; null for one that holds its signatures, or none
     */
    @Nullable
    Zone build(@Nullable OnlineSigner signer) {
        records.forEach((node, all) -> fill(node, all, node != apex && has(all, RecordType.NS)));
        checkApex();
        checkHashing();
        if (!faults.isEmpty()) {
            return null;
        }
        occlude();
        nodes.forEach(this::linkAdditional);
        List<Node> chain = List.copyOf(hashed.values());
        return new Zone(apex, table, nodes, chain, ZoneSecurity.of(apex, nodes, chain, signer));
    }

    /** Ancestors first, so that each name takes over what hides its parent. */
    private void occlude() {
        List<List<Node>> byDepth = new ArrayList<>();
        for (Node node : nodes) {
            while (byDepth.size() <= node.labels()) {
                byDepth.add(new ArrayList<>());
            }
            byDepth.get(node.labels()).add(node);
        }
        byDepth.forEach(level -> level.forEach(node -> node.occludedBy(occluder(node))));
    }

    private static @Nullable Node occluder(Node node) {
        Node parent = node.parent;
        if (parent == null) {
            return null;
        }
        if (parent.occluder() != null) {
            return parent.occluder();
        }
        return parent.isCut() || parent.find(RecordType.DNAME) != null ? parent : null;
    }

    private void fill(Node node, List<SourceRecord> all, boolean isCut) {
        SourceRecord first = all.get(0);
        if (all.size() == 1 && first.type() != RecordType.SOA) {
            checkSize(all);
            node.fill(RecordSet.of(first.type(), first.ttl(), first.data()), isCut);
        } else {
            node.fill(sets(node, all), isCut);
        }
    }

    private List<RecordSet> sets(Node node, List<SourceRecord> all) {
        Map<Integer, List<SourceRecord>> byType = new TreeMap<>();
        for (SourceRecord record : all) {
            List<SourceRecord> set = byType.computeIfAbsent(record.type(), type -> new ArrayList<>(2));
            if (set.size() <= MAX_SET / RECORD_OVERHEAD
                    && set.stream().noneMatch(other -> Arrays.equals(other.data(), record.data()))) {
                set.add(record); // RFC 2181 §5.5: a record that is there already adds nothing
            }
        }
        checkNode(node, byType);
        List<RecordSet> sets = new ArrayList<>(byType.size());
        byType.forEach((type, set) -> {
            checkSize(set);
            sets.add(new RecordSet(
                    type,
                    set.stream().mapToInt(SourceRecord::ttl).min().orElse(0),
                    set.stream().map(SourceRecord::data).toList()));
        });
        return sets;
    }

    private void checkSize(List<SourceRecord> set) {
        int octets = 0;
        for (SourceRecord record : set) {
            octets += record.data().length + RECORD_OVERHEAD;
        }
        if (octets > MAX_SET) {
            faults.add(set.get(0).fault("the records of this type and name do not fit into one message together"));
        }
    }

    private void checkNode(Node node, Map<Integer, List<SourceRecord>> byType) {
        only(byType.get(RecordType.CNAME), "a name can have one alias only");
        only(byType.get(RecordType.DNAME), "a name can have one DNAME only");
        only(byType.get(RecordType.SOA), "a zone has one SOA only");
        List<SourceRecord> soa = byType.get(RecordType.SOA);
        if (soa != null && node != apex) {
            faults.add(soa.get(0).fault("a SOA stands at the zone's apex and nowhere else"));
        }
        if (byType.containsKey(RecordType.CNAME)) {
            byType.forEach((type, set) -> {
                if (type != RecordType.CNAME && !RecordType.standsBesideAlias(type)) {
                    faults.add(set.get(0).fault("the name is an alias (CNAME) and can have nothing else"));
                }
            });
        }
    }

    private void only(@Nullable List<SourceRecord> set, String rule) {
        if (set != null && set.size() > 1) {
            faults.add(set.get(1).fault(rule));
        }
    }

    private void checkApex() {
        List<SourceRecord> atApex = records.of(apex);
        String zone = DomainName.text(apex.owner(), 0);
        if (!has(atApex, RecordType.SOA)) {
            faults.add(new ZoneFault(file, 0, "the zone " + zone + " has no SOA at its apex"));
        }
        if (!has(atApex, RecordType.NS)) {
            faults.add(new ZoneFault(file, 0, "the zone " + zone + " has no NS at its apex"));
        }
    }

    private void checkHashing() {
        for (SourceRecord record : records.of(apex)) {
            if (record.type() == RecordType.NSEC3PARAM) {
                try {
                    Nsec3Hash.read(record.data());
                } catch (IllegalArgumentException unusable) {
                    faults.add(record.fault(String.valueOf(unusable.getMessage())));
                }
            }
        }
    }

    private static boolean has(List<SourceRecord> records, int type) {
        for (SourceRecord record : records) {
            if (record.type() == type) {
                return true;
            }
        }
        return false;
    }

    private void linkAdditional(Node node) {
        for (int i = 0; i < node.setCount(); i++) {
            RecordSet set = node.set(i);
            int at = RecordType.additionalNameAt(set.type());
            if (at >= 0) {
                set.link(hosts(node, set, at));
            }
        }
    }

    private List<Node> hosts(Node owner, RecordSet set, int at) {
        List<Node> hosts = new ArrayList<>(set.size());
        for (int i = 0; i < set.size(); i++) {
            byte[] data = set.data(i);
            if (data.length <= at) {
                continue; // data in the form of RFC 3597 need not make sense
            }
            boolean self = data[at] == 0 && set.type() >= RecordType.SVCB && set.type() <= RecordType.HTTPS;
            Node host = self ? owner : nodeAt(data, at);
            if (host != null && hasAddress(host) && !hosts.contains(host)) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    private @Nullable Node nodeAt(byte[] data, int at) {
        name.set(data, at);
        if (name.labels() < apex.labels()) {
            return null;
        }
        Node known = table.get(name, 0);
        return known == null ? synthesised(data, at) : known;
    }

    /** A host that exists by a wildcard alone, so that its addresses are known as well (RFC 4592 §3.3.1); null where none covers it. */
    private @Nullable Node synthesised(byte[] data, int at) {
        Node closest = null;
        for (int missing = 1; closest == null && name.labels() - missing >= apex.labels(); missing++) {
            closest = table.get(name, missing);
        }
        Node wildcard = closest == null ? null : closest.wildcard();
        if (closest == null
                || wildcard == null
                || closest.isCut()
                || closest.occluder() != null
                || closest.find(RecordType.DNAME) != null) {
            return null;
        }
        Node host = new Node(DomainName.at(data, at), name.labels());
        host.fillAs(wildcard);
        return host;
    }

    private static boolean hasAddress(Node node) {
        return node.find(RecordType.A) != null || node.find(RecordType.AAAA) != null;
    }
}
