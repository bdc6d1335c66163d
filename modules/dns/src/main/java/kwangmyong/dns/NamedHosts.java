package kwangmyong.dns;

import kwangmyong.dns.message.ResponseWriter;
import kwangmyong.dns.message.Section;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Zone;
import org.jspecify.annotations.Nullable;

/** The additional section: where the hosts are that an answer or a referral names. */
final class NamedHosts {
    private final ResponseWriter writer;
    private final Signatures signatures;

    NamedHosts(ResponseWriter writer, Signatures signatures) {
        this.writer = writer;
        this.signatures = signatures;
    }

    /**
     * Addresses of the hosts that a set names, as far as they fit.
     *
     * @param cut where a host below it can be found by no other way, so that leaving it out is a truncation (RFC 9471); null where
     *     every host can be asked for
     */
    void add(Zone zone, RecordSet set, @Nullable Node cut) {
        for (int i = 0; i < set.additionalSize(); i++) {
            Node host = set.additional(i);
            boolean ipv4 = addresses(zone, host, RecordType.A);
            boolean ipv6 = addresses(zone, host, RecordType.AAAA);
            if (!(ipv4 && ipv6) && cut != null && (host == cut || host.occluder() == cut)) {
                writer.truncated();
                return;
            }
        }
    }

    private boolean addresses(Zone zone, Node host, int type) {
        RecordSet set = host.find(type);
        if (set == null) {
            return true;
        }
        if (!writer.add(Section.ADDITIONAL, host.owner(), set, set.ttl())) {
            return false;
        }
        if (signatures.wanted(zone)) { // which may be left out where it does not fit, RFC 4035 §3.1.1
            signatures.sign(Section.ADDITIONAL, host.owner(), zone, host, set, set.ttl(), true);
        }
        return true;
    }
}
