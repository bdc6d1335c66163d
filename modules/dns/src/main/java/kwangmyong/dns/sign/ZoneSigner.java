package kwangmyong.dns.sign;

import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.function.IntPredicate;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneEdit;
import kwangmyong.dns.zone.ZoneSecurity;
import kwangmyong.dns.zone.ZoneSet;

/**
 * Signs zones in three steps: each gets its key, each parent learns the keys of its children, each gets its chain of denial and its
 * signatures. The outcome is the zone that a signed master file would give.
 */
final class ZoneSigner {
    private ZoneSigner() {}

    /** What signing puts in, and so what signing anew leaves out. */
    private static boolean isMade(int type) {
        return switch (type) {
            case RecordType.RRSIG, RecordType.NSEC, RecordType.NSEC3, RecordType.NSEC3PARAM -> true;
            default -> false;
        };
    }

    /** The zone with its key at the apex. */
    static Zone withKey(Zone zone, ZoneKey key) {
        ZoneEdit edit = new ZoneEdit(zone, ZoneSigner::isMade);
        edit.add(zone.apex().owner(), RecordType.DNSKEY, zone.soa().ttl(), key.dnskey());
        return edit.build(null);
    }

    /** The zone with a DS for each of its cuts whose other side is among {@code all} and has keys. */
    static Zone withChildren(Zone zone, ZoneSet all) {
        ZoneEdit edit = new ZoneEdit(zone, type -> false);
        CanonicalName name = new CanonicalName();
        for (Node cut : zone.nodes()) {
            if (cut.isCut() && cut.occluder() == null) {
                name.set(cut.owner(), 0);
                Zone child = all.enclosing(name, 0);
                if (child != null && child.apex().labels() == cut.labels()) {
                    addDs(edit, cut, child);
                }
            }
        }
        return edit.build(null);
    }

    private static void addDs(ZoneEdit edit, Node cut, Zone child) {
        RecordSet keys = child.apex().find(RecordType.DNSKEY);
        int ttl = Objects.requireNonNull(cut.find(RecordType.NS)).ttl();
        for (int i = 0; keys != null && i < keys.size(); i++) {
            if (ZoneKey.isEntryPoint(keys.data(i))) {
                edit.add(cut.owner(), RecordType.DS, ttl, ZoneKey.ds(DomainName.canonical(cut.owner()), keys.data(i)));
            }
        }
    }

    /**
     * The zone ready to be served: its denials stand or can be made, its signatures are made when needed.
     *
     * @param zone with its key and its children's
     */
    static Zone ready(Zone zone, ZoneKey key, Denial denial, SignatureWindow window) {
        ZoneEdit edit = new ZoneEdit(zone, ZoneSigner::isMade);
        if (denial == Denial.NSEC) {
            DenialChain.nsec(zone, edit);
        } else if (denial == Denial.NSEC3) {
            DenialChain.nsec3(zone, edit);
        }
        return edit.build(
                new LazySigner(new SetSigner(key, window), denial == Denial.COMPACT, zone.nodes().size()));
    }

    /**
     * The zone with every signature as a record; takes about a millisecond a set.
     *
     * @param ready with a chain of denial
     */
    static Zone complete(Zone ready, ZoneKey key, SignatureWindow window) {
        SetSigner signer = new SetSigner(key, window);
        ZoneEdit edit = new ZoneEdit(ready, type -> type == RecordType.RRSIG);
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
