package kwangmyong.dns.check;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.SourceRecord;

/** Sender policies (RFC 7208): that they are any, and that the host which receives a domain's mail may also send it. */
final class SpfCheck {
    private final HeldZone zone;
    private final Held held;
    private final Findings findings;

    private SpfCheck(HeldZone zone, Held held, Findings findings) {
        this.zone = zone;
        this.held = held;
        this.findings = findings;
    }

    static void of(HeldZone zone, Held held, Findings findings) {
        SpfCheck check = new SpfCheck(zone, held, findings);
        for (String name : zone.names()) {
            check.name(name);
        }
    }

    private void name(String name) {
        List<SourceRecord> policies = zone.find(name, RecordType.TXT).stream()
                .filter(record -> Spf.isMeant(Data.text(record)))
                .toList();
        for (SourceRecord record : policies) {
            policy(name, record, Spf.read(Data.text(record)));
        }
        List<SourceRecord> read = policies.stream()
                .filter(record -> Spf.read(Data.text(record)).hasVersion())
                .toList();
        if (read.size() > 1) {
            findings.error(
                    "spf-twice",
                    zone,
                    read.get(1),
                    "a second sender policy for " + name + ": receivers that find two obey none (RFC 7208 §4.5)");
        }
        List<SourceRecord> old = zone.find(name, RecordType.SPF);
        if (!old.isEmpty() && policies.isEmpty()) {
            findings.warning(
                    "spf-type",
                    zone,
                    old.get(0),
                    "a record of type SPF alone: nobody asks for it any more; write it as TXT (RFC 7208 §3.1)");
        }
    }

    private void policy(String name, SourceRecord record, Spf spf) {
        if (!spf.hasVersion()) {
            findings.error(
                    "spf-version",
                    zone,
                    record,
                    "meant as a sender policy, but it does not begin with \"v=spf1 \": nobody takes it for one, and anyone may send mail as "
                            + name + " (RFC 7208 §4.5)");
        }
        for (String mistake : spf.mistakes()) {
            findings.error(
                    "spf-mechanism",
                    zone,
                    record,
                    mistake + ": with a term that is not known the whole policy counts as broken (RFC 7208 §4.6)");
        }
        if (spf.hasVersion()
                && spf.mistakes().isEmpty()
                && spf.isClosed()
                && !spf.ranges().isEmpty()) {
            zone.find(name, RecordType.MX).forEach(mx -> mailHost(name, record, spf, String.valueOf(Data.target(mx))));
        }
    }

    private void mailHost(String name, SourceRecord record, Spf spf, String host) {
        List<InetAddress> addresses = held.addressRecords(host).stream()
                .map(Data::address)
                .filter(Objects::nonNull)
                .toList();
        if (addresses.isEmpty() || addresses.stream().anyMatch(spf::covers)) {
            return;
        }
        String named = spf.ranges().stream().map(SpfCheck::shown).collect(Collectors.joining(", "));
        findings.warning(
                "spf-mail-host",
                zone,
                record,
                "the sender policy of " + name + " allows " + named + " alone, but its mail host " + host + " is at "
                        + addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "))
                        + reverse(host)
                        + ": what that host sends is refused elsewhere");
    }

    private static String shown(kwangmyong.kernel.place.AddressRange range) {
        return range.toString().replaceFirst("/(32|128)$", "");
    }

    private String reverse(String host) {
        List<String> at = new ArrayList<>();
        for (HeldZone other : held.zones()) {
            if (Names.isReverse(other.origin())) {
                for (SourceRecord record : other.reading().records()) {
                    InetAddress address = ReverseCheck.address(Data.owner(record));
                    if (record.type() == RecordType.PTR && address != null && host.equals(Data.target(record))) {
                        at.add(address.getHostAddress());
                    }
                }
            }
        }
        at.sort(null);
        return at.isEmpty() ? "" : " (PTR records name it at " + String.join(" and ", at) + ")";
    }
}
