package kwangmyong.dns.check;

import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.SourceRecord;

/** Hosts that records name: they exist, have addresses, and are no aliases (RFC 1912 §2.4, RFC 2181 §10.3). */
final class HostCheck {
    private final HeldZone zone;
    private final Held held;
    private final Findings findings;

    private HostCheck(HeldZone zone, Held held, Findings findings) {
        this.zone = zone;
        this.held = held;
        this.findings = findings;
    }

    static void of(HeldZone zone, Held held, Findings findings) {
        HostCheck check = new HostCheck(zone, held, findings);
        for (SourceRecord record : zone.reading().records()) {
            String target = Data.target(record);
            if (target != null && !target.equals(".") && Names.isWithin(Data.owner(record), zone.origin())) {
                check.record(record, target);
            }
        }
    }

    private void record(SourceRecord record, String target) {
        switch (record.type()) {
            case RecordType.CNAME -> alias(record, target);
            case RecordType.NS, RecordType.MX, RecordType.SRV -> host(record, target);
            default -> {}
        }
    }

    private void alias(SourceRecord record, String target) {
        HeldZone there = held.enclosing(target);
        if (there != null
                && there.cut(target) == null
                && !there.exists(target)
                && there.answers(target, RecordType.A).isEmpty()
                && there.answers(target, RecordType.CNAME).isEmpty()) {
            findings.warning(
                    LostDot.in(target, zone.origin()) ? "lost-dot" : "alias-to-nothing",
                    zone,
                    record,
                    "the alias leads to " + target + ", which does not exist" + lostDot(target));
        }
    }

    private void host(SourceRecord record, String target) {
        String type = RecordType.word(record.type());
        String kind = type.toLowerCase(java.util.Locale.ROOT);
        String written = Names.isWithin(target, zone.origin()) ? Names.relative(target, zone.origin()) : target;
        if (Names.looksLikeAnAddress(written)) {
            findings.error(
                    kind + "-address",
                    zone,
                    record,
                    type + " names the address " + written + " where a host's name is wanted: it is taken for a name, "
                            + target + ", and found nowhere");
            return;
        }
        if (record.type() == RecordType.NS && isBelowACut(record, target)) {
            return; // DelegationCheck speaks of glue
        }
        switch (held.addresses(target)) {
            case ALIAS ->
                findings.error(
                        kind + "-alias",
                        zone,
                        record,
                        type + " names " + target
                                + ", which is an alias (CNAME): RFC 2181 §10.3 forbids it, and servers that add"
                                + " addresses find none");
            case NONE ->
                findings.error(kind + "-no-address", zone, record, noAddress(record.type(), target) + lostDot(target));
            case KNOWN, ELSEWHERE -> {}
        }
    }

    private boolean isBelowACut(SourceRecord record, String target) {
        return !Data.owner(record).equals(zone.origin())
                && Names.isWithin(target, zone.origin())
                && zone.cut(target) != null;
    }

    private String lostDot(String target) {
        return LostDot.in(target, zone.origin())
                ? "; perhaps the name lost its last dot, and so the zone's own was put behind it"
                : "";
    }

    private static String noAddress(int type, String target) {
        return switch (type) {
            case RecordType.NS ->
                "the name server " + target
                        + " has no address: whoever picks it gets no answer, and BIND refuses the whole zone."
                        + " Give it an A or AAAA record, or take the NS away";
            case RecordType.MX -> "the mail host " + target + " has no address: mail for the name goes nowhere";
            default -> "the service's host " + target + " has no address: clients cannot reach it";
        };
    }
}
