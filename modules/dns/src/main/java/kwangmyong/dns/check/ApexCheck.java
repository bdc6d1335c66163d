package kwangmyong.dns.check;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.SourceRecord;

/** The SOA (RFC 1912 §2.2) and the name servers of a zone itself. */
final class ApexCheck {
    private static final long WEEK = 604_800;
    private static final long DAY = 86_400;
    private static final long MINUTE = 60;
    private static final long FIRST_DATE = 1970_00_00_00L;
    private static final long LAST_DATE = 2100_00_00_00L;

    private final HeldZone zone;
    private final Findings findings;

    private ApexCheck(HeldZone zone, Findings findings) {
        this.zone = zone;
        this.findings = findings;
    }

    static void of(HeldZone zone, Findings findings) {
        ApexCheck check = new ApexCheck(zone, findings);
        for (SourceRecord record : zone.find(zone.origin(), RecordType.SOA)) {
            Data.Soa soa = Data.soa(record);
            if (soa != null) {
                check.mailbox(record, soa);
                check.timers(record, soa);
                check.serial(record, soa);
                check.primary(record, soa);
            }
        }
        List<SourceRecord> servers = zone.find(zone.origin(), RecordType.NS);
        if (servers.size() == 1) {
            findings.warning(
                    "single-name-server",
                    zone,
                    servers.get(0),
                    zone.origin() + " has one name server, " + Data.target(servers.get(0))
                            + ": when it or its network is away, so is everything below the name. RFC 1034 §4.1 wants two, in two places");
        }
    }

    private void mailbox(SourceRecord record, Data.Soa soa) {
        if (LostDot.in(soa.rname(), zone.origin())) {
            findings.warning(
                    "rname-lost-dot",
                    zone,
                    record,
                    "the mailbox of the SOA is " + soa.rname()
                            + ", where nobody reads mail: the name lost its last dot, and so the zone's own was put"
                            + " behind it. Write " + Names.relative(soa.rname(), zone.origin()) + ". with the dot");
        } else if (soa.rname().contains("@")) {
            findings.error(
                    "rname-at-sign",
                    zone,
                    record,
                    "the mailbox of the SOA is written with '@', which is no part of a name there: the first dot stands for it (RFC 1035 §8)");
        } else if (soa.rname().equals(".")) {
            findings.remark(
                    "rname-empty", zone, record, "the SOA names no mailbox: nobody can be told of what is wrong here");
        }
    }

    private void timers(SourceRecord record, Data.Soa soa) {
        if (soa.retry() >= soa.refresh()) {
            findings.remark(
                    "soa-retry",
                    zone,
                    record,
                    "retry (" + soa.retry() + " s) is not below refresh (" + soa.refresh()
                            + " s): a secondary that missed the primary once waits longer than if it had not");
        }
        if (soa.expire() <= soa.refresh() + soa.retry()) {
            findings.warning(
                    "soa-expire",
                    zone,
                    record,
                    "expire (" + soa.expire() + " s) leaves no time for a single retry after a refresh ("
                            + soa.refresh() + " + " + soa.retry()
                            + " s): secondaries stop answering at the first trouble");
        } else if (soa.expire() < WEEK) {
            findings.remark(
                    "soa-expire-short",
                    zone,
                    record,
                    "expire is less than a week (" + soa.expire()
                            + " s): a primary that breaks on a holiday takes the secondaries along");
        }
        if (soa.refresh() < MINUTE) {
            findings.warning(
                    "soa-refresh", zone, record, "refresh is " + soa.refresh() + " s: secondaries do nothing but ask");
        }
        if (soa.minimum() > DAY) {
            findings.warning(
                    "soa-minimum",
                    zone,
                    record,
                    "\"there is no such name\" may be remembered for " + soa.minimum()
                            + " s (RFC 2308 §5 wants a day at most): a name asked for too early stays missing");
        }
    }

    private void serial(SourceRecord record, Data.Soa soa) {
        if (soa.serial() == 0) {
            findings.remark(
                    "serial-zero",
                    zone,
                    record,
                    "the serial is 0, which some servers take for \"none yet\" (RFC 1912 §2.2)");
        } else if (soa.serial() >= FIRST_DATE && soa.serial() < LAST_DATE && !isDate(soa.serial())) {
            findings.remark(
                    "serial-no-date",
                    zone,
                    record,
                    "the serial " + soa.serial() + " looks like a date, YYYYMMDDnn, but there is no such day");
        }
    }

    private static boolean isDate(long serial) {
        try {
            LocalDate.of((int) (serial / 1_000_000), (int) (serial / 10_000 % 100), (int) (serial / 100 % 100));
            return true;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }

    private void primary(SourceRecord record, Data.Soa soa) {
        boolean listed = zone.find(zone.origin(), RecordType.NS).stream()
                .anyMatch(server -> soa.mname().equals(Data.target(server)));
        if (LostDot.in(soa.mname(), zone.origin())) {
            findings.warning(
                    "lost-dot",
                    zone,
                    record,
                    "the primary of the SOA is " + soa.mname()
                            + ": the name lost its last dot, and so the zone's own was put behind it");
        } else if (!listed) {
            findings.remark(
                    "hidden-primary",
                    zone,
                    record,
                    "the primary of the SOA, " + soa.mname()
                            + ", is not among the NS: intended where it is hidden, a slip otherwise");
        }
    }
}
