package kwangmyong.dns.sign;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Serial;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneEdit;

/** Makes a signed zone out of one that is not: the zone that a signed master file would give. */
final class ZoneSigner {
    private ZoneSigner() {}

    /**
     * The zone ready to be served: its key and those of its children are in it, its denials stand or can be made, its signatures are made
     * when needed.
     *
     * @param serial that the SOA is to have
     * @param childKeys the data of the DNSKEY records of the zone on the other side of a cut; none where that is not signed
     */
    static Zone ready(
            Zone plain,
            ZoneKey key,
            Denial denial,
            SignatureWindow window,
            long serial,
            Function<Node, List<byte[]>> childKeys) {
        ZoneEdit edit = new ZoneEdit(plain, type -> type == RecordType.SOA);
        edit.add(
                plain.apex().owner(),
                RecordType.SOA,
                plain.soa().ttl(),
                Serial.with(plain.soa().data(0), serial));
        edit.add(plain.apex().owner(), RecordType.DNSKEY, plain.soa().ttl(), key.dnskey());
        for (Node node : plain.nodes()) {
            if (node.isCut() && node.occluder() == null) {
                vouch(edit, node, childKeys.apply(node));
            }
        }
        boolean compact = denial == Denial.COMPACT;
        LazySigner signer = new LazySigner(
                new SetSigner(key, window), compact, plain.nodes().size());
        return compact ? edit.build(signer) : chained(edit.build(null), denial, signer);
    }

    private static void vouch(ZoneEdit edit, Node cut, List<byte[]> keys) {
        int ttl = Objects.requireNonNull(cut.find(RecordType.NS)).ttl();
        for (byte[] key : keys) {
            if (ZoneKey.isEntryPoint(key)) {
                edit.add(cut.owner(), RecordType.DS, ttl, ZoneKey.ds(DomainName.canonical(cut.owner()), key));
            }
        }
    }

    private static Zone chained(Zone zone, Denial denial, LazySigner signer) {
        ZoneEdit edit = new ZoneEdit(zone, type -> false);
        if (denial == Denial.NSEC) {
            DenialChain.nsec(zone, edit);
        } else {
            DenialChain.nsec3(zone, edit);
        }
        return edit.build(signer);
    }

    /**
     * The zone with every signature as a record; takes about a millisecond a set.
     *
     * @param ready with a chain of denial
     */
    static Zone complete(Zone ready, ZoneKey key, SignatureWindow window) {
        SetSigner signer = new SetSigner(key, window);
        ZoneEdit edit = new ZoneEdit(ready, type -> false);
        signAll(ready.nodes(), signer, edit);
        signAll(ready.hashed(), signer, edit);
        return edit.build(null);
    }

    private static void signAll(Collection<Node> nodes, SetSigner signer, ZoneEdit edit) {
        for (Node node : nodes) {
            for (int i = 0; i < node.setCount(); i++) {
                RecordSet set = node.set(i);
                if (SetSigner.isSigned(node, set.type())) {
                    edit.add(node.owner(), RecordType.RRSIG, set.ttl(), signer.sign(SetSigner.owner(node), set));
                }
            }
        }
    }
}
