package kwangmyong.dns.check;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.SourceRecord;

/** Delegations: their glue (RFC 1034 §4.2.1), and whether parent and child say the same where both are held. */
final class DelegationCheck {
    private final HeldZone zone;
    private final Held held;
    private final Findings findings;

    private DelegationCheck(HeldZone zone, Held held, Findings findings) {
        this.zone = zone;
        this.held = held;
        this.findings = findings;
    }

    static void of(HeldZone zone, Held held, Findings findings) {
        DelegationCheck check = new DelegationCheck(zone, held, findings);
        for (String name : zone.names()) {
            List<SourceRecord> servers = zone.find(name, RecordType.NS);
            if (!servers.isEmpty() && name.equals(zone.cut(name))) {
                servers.forEach(server -> check.glue(name, server));
                check.number(name, servers);
                check.child(name, servers);
            }
        }
    }

    private void glue(String cut, SourceRecord server) {
        String host = Data.target(server);
        if (host == null || !Names.isWithin(host, zone.origin()) || zone.cut(host) == null || zone.hasAddress(host)) {
            return;
        }
        if (Names.isWithin(host, cut)) {
            findings.error(
                    "glue-missing",
                    zone,
                    server,
                    "the name server " + host
                            + " lies within the zone that it serves, and no address of it stands here: to find it one would"
                            + " have to ask it. Put its A or AAAA record beside the delegation");
        } else {
            findings.warning(
                    "sibling-glue-missing",
                    zone,
                    server,
                    "the name server " + host
                            + " lies in another zone delegated from here, and no address of it stands here: that zone must"
                            + " be asked first");
        }
    }

    private void number(String cut, List<SourceRecord> servers) {
        if (servers.size() == 1) {
            findings.warning(
                    "single-name-server",
                    zone,
                    servers.get(0),
                    cut + " is delegated to one name server, " + Data.target(servers.get(0))
                            + ": when it or its network is away, so is everything below the name. RFC 1034 §4.1 wants two, in two places");
        }
    }

    private void child(String cut, List<SourceRecord> servers) {
        HeldZone child = held.zone(cut);
        if (child == null) {
            return;
        }
        Set<String> here = targets(servers);
        Set<String> there = targets(child.find(cut, RecordType.NS));
        if (!here.equals(there)) {
            findings.warning(
                    "delegation-differs",
                    zone,
                    servers.get(0),
                    "the delegation names " + String.join(", ", here) + ", the zone itself " + String.join(", ", there)
                            + ": some who ask go where nobody knows the zone (RFC 1034 §4.2.2)");
        }
        for (String host : here) {
            List<SourceRecord> glue = addresses(zone, host);
            List<SourceRecord> own = addresses(child, host);
            if (!glue.isEmpty() && !own.isEmpty() && !texts(glue).equals(texts(own))) {
                findings.warning(
                        "glue-differs",
                        zone,
                        glue.get(0),
                        "the glue of " + host + " is " + String.join(", ", texts(glue)) + ", the zone itself says "
                                + String.join(", ", texts(own)) + ": one of the two is old");
            }
        }
    }

    private static List<SourceRecord> addresses(HeldZone zone, String host) {
        if (!Names.isWithin(host, zone.origin())) {
            return List.of();
        }
        List<SourceRecord> addresses = new ArrayList<>(zone.find(host, RecordType.A));
        addresses.addAll(zone.find(host, RecordType.AAAA));
        return addresses;
    }

    private static Set<String> texts(List<SourceRecord> addresses) {
        return addresses.stream()
                .map(Data::address)
                .filter(java.util.Objects::nonNull)
                .map(InetAddress::getHostAddress)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> targets(List<SourceRecord> servers) {
        return servers.stream()
                .map(server -> String.valueOf(Data.target(server)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
