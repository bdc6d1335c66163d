package kwangmyong.dns.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.SourceRecord;
import org.jspecify.annotations.Nullable;

/** All zones that are checked together, so that one can be held against another. */
final class Held {
    private final Map<String, HeldZone> byOrigin = new HashMap<>();

    Held(Collection<HeldZone> zones) {
        zones.forEach(zone -> byOrigin.putIfAbsent(zone.origin(), zone));
    }

    /** The deepest zone that the name lies in; null outside all. */
    @Nullable
    HeldZone enclosing(String name) {
        String at = name;
        while (true) {
            HeldZone zone = byOrigin.get(at);
            if (zone != null || at.equals(".")) {
                return zone;
            }
            at = Names.parent(at);
        }
    }

    @Nullable
    HeldZone zone(String origin) {
        return byOrigin.get(origin);
    }

    /** What is known of a host's addresses. */
    enum Addresses {
        KNOWN,
        /** A zone held here would have to say, and does not. */
        NONE,
        /** It is an alias. */
        ALIAS,
        /** It lies in no zone held here, or below a cut whose zone is not. */
        ELSEWHERE
    }

    Addresses addresses(String host) {
        HeldZone zone = enclosing(host);
        if (zone == null) {
            return Addresses.ELSEWHERE;
        }
        if (!zone.answers(host, RecordType.CNAME).isEmpty()) {
            return Addresses.ALIAS;
        }
        if (zone.hasAddress(host)) {
            return Addresses.KNOWN;
        }
        return zone.cut(host) == null ? Addresses.NONE : Addresses.ELSEWHERE;
    }

    /** The address records of a host in the zone that holds it. */
    List<SourceRecord> addressRecords(String host) {
        HeldZone zone = enclosing(host);
        List<SourceRecord> records = new ArrayList<>();
        if (zone != null) {
            records.addAll(zone.answers(host, RecordType.A));
            records.addAll(zone.answers(host, RecordType.AAAA));
        }
        return records;
    }

    Collection<HeldZone> zones() {
        return byOrigin.values();
    }
}
