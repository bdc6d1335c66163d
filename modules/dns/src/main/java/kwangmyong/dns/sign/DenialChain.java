package kwangmyong.dns.sign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import kwangmyong.dns.zone.Base32Hex;
import kwangmyong.dns.zone.CanonicalOrder;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.Nsec3Hash;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneEdit;

/** Links the names of a zone to a chain that denies what lies between them. Records have the zone's negative TTL (RFC 9077). */
final class DenialChain {
    private DenialChain() {}

    /** NSEC records at every name that has authoritative records or is a cut (RFC 4035 §2.3). */
    static void nsec(Zone zone, ZoneEdit edit) {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Link(byte[] key, Node node) {}
        Link[] links = zone.nodes().stream()
                .filter(node -> node.occluder() == null && node.setCount() > 0)
                .map(node -> new Link(CanonicalOrder.key(SetSigner.owner(node), 0), node))
                .sorted(Comparator.comparing(Link::key, Arrays::compareUnsigned))
                .toArray(Link[]::new);
        for (int i = 0; i < links.length; i++) {
            Node node = links[i].node();
            byte[] next = links[(i + 1) % links.length].node().owner();
            BitSet types = types(node);
            types.set(RecordType.NSEC);
            types.set(RecordType.RRSIG);
            edit.add(node.owner(), RecordType.NSEC, zone.negativeTtl(), join(next, TypeBitmap.of(types)));
        }
    }

    /** NSEC3 records for every name that is not hidden, empty ones too (RFC 5155 §7.1), and the NSEC3PARAM that announces them. */
    static void nsec3(Zone zone, ZoneEdit edit) {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Link(byte[] hash, Node node) {}
        List<Link> links = new ArrayList<>();
        for (Node node : zone.nodes()) {
            if (node.occluder() == null) {
                links.add(new Link(Nsec3Hash.PLAIN.of(SetSigner.owner(node)), node));
            }
        }
        links.sort(Comparator.comparing(Link::hash, Arrays::compareUnsigned));
        byte[] parameters = Nsec3Hash.PLAIN.parameters();
        byte[] apex = zone.apex().owner();
        edit.add(apex, RecordType.NSEC3PARAM, 0, parameters);
        for (int i = 0; i < links.size(); i++) {
            Node node = links.get(i).node();
            byte[] next = links.get((i + 1) % links.size()).hash();
            BitSet types = types(node);
            if (node == zone.apex()) {
                types.set(RecordType.NSEC3PARAM);
            }
            boolean unsignedCut = node.isCut() && !types.get(RecordType.DS);
            if (!types.isEmpty() && !unsignedCut) {
                types.set(RecordType.RRSIG);
            }
            byte[] data = join(join(parameters, new byte[] {(byte) next.length}), join(next, TypeBitmap.of(types)));
            edit.add(owner(links.get(i).hash(), apex), RecordType.NSEC3, zone.negativeTtl(), data);
        }
    }

    private static byte[] owner(byte[] hash, byte[] apex) {
        byte[] label = Base32Hex.encode(hash);
        return join(join(new byte[] {(byte) label.length}, label), apex);
    }

    /** What the name has that the zone speaks for: of a cut, its NS and DS alone. */
    static BitSet types(Node node) {
        BitSet types = new BitSet();
        for (int i = 0; i < node.setCount(); i++) {
            int type = node.set(i).type();
            if (!node.isCut() || type == RecordType.NS || type == RecordType.DS) {
                types.set(type);
            }
        }
        return types;
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
