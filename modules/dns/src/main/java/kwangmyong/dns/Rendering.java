package kwangmyong.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import kwangmyong.dns.message.Query;
import kwangmyong.dns.message.ResponseCode;
import kwangmyong.dns.message.ResponseWriter;
import kwangmyong.dns.message.Section;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;

/** Shows a decision that does not serve what was asked for, as if the name asked for were the one that it is about. */
final class Rendering {
    private final Query query;
    private final ResponseWriter writer;
    private final Resolution resolution;
    private final int sinkholeTtl;
    private final CanonicalName aliased = new CanonicalName();
    private int code;

    Rendering(Query query, ResponseWriter writer, Resolution resolution, int sinkholeTtl) {
        this.query = query;
        this.writer = writer;
        this.resolution = resolution;
        this.sinkholeTtl = sinkholeTtl;
    }

    /** Writes the response but for its end; false where there is to be none. */
    boolean show(Decision decision, ZoneSet zones, Asker asker) {
        writer.restart();
        code = ResponseCode.NOERROR;
        Presentation presentation = decision.presentation();
        if (presentation instanceof Presentation.Truncated truncated) {
            if (!asker.carrier().isStream()) {
                writer.truncated(); // and no word of why: that is told over TCP
                return true;
            }
            presentation = truncated.then();
        }
        if (presentation == Presentation.Dns.SILENCE) {
            return false;
        }
        if (!decision.isAllowed()) {
            boolean lie = presentation instanceof Presentation.Forged || presentation instanceof Presentation.Sinkhole;
            writer.extendedError(lie ? ExtendedError.FORGED : ExtendedError.of(decision.reason()), decision.rule());
        }
        if (presentation instanceof Presentation.Sinkhole sinkhole) {
            addresses(sinkhole.addresses(), sinkholeTtl, zones);
        } else if (presentation instanceof Presentation.Forged forged) {
            forged(forged, zones, asker);
        } else {
            plain(presentation, zones);
        }
        return true;
    }

    private void plain(Presentation presentation, ZoneSet zones) {
        if (presentation == Presentation.Dns.NXDOMAIN) {
            negative(zones);
            code = ResponseCode.NXDOMAIN;
        } else if (presentation == Presentation.Dns.NODATA) {
            negative(zones);
        } else {
            code = presentation == Presentation.Dns.SERVFAIL ? ResponseCode.SERVFAIL : ResponseCode.REFUSED;
        }
    }

    /** The SOA that a true denial would carry. Outside our zones there is none to show. */
    private void negative(ZoneSet zones) {
        Zone zone = zones.enclosing(query.name(), 0);
        if (zone != null) {
            resolution.negative(zone);
        }
    }

    /** An alias is followed as any other: as far as it leads within these zones and the asker may go. */
    private void forged(Presentation.Forged forged, ZoneSet zones, Asker asker) {
        String alias = forged.alias();
        if (alias == null) {
            addresses(forged.addresses(), forged.ttl(), zones);
            return;
        }
        byte[] target = DomainName.wire(alias);
        writer.authoritative();
        writer.add(Section.ANSWER, null, RecordType.CNAME, forged.ttl(), target);
        aliased.set(target, 0);
        boolean follows = query.type() != RecordType.CNAME && query.type() != RecordType.ANY;
        if (follows && zones.enclosing(aliased, 0) != null) {
            code = resolution.goOn(zones, target, asker);
        }
    }

    private void addresses(List<InetAddress> addresses, int ttl, ZoneSet zones) {
        boolean any = query.type() == RecordType.ANY;
        boolean answered = false;
        writer.authoritative();
        for (InetAddress address : addresses) {
            int type = address instanceof Inet4Address ? RecordType.A : RecordType.AAAA;
            if (any || type == query.type()) {
                answered |= writer.add(Section.ANSWER, null, type, ttl, address.getAddress());
            }
        }
        if (!answered) {
            negative(zones);
        }
    }

    int code() {
        return code;
    }
}
