package kwangmyong.dns.check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.SourceRecord;
import org.xbill.DNS.Type;

/** Records by themselves and within their set. */
final class RecordCheck {
    private static final int MAX_USUAL_TTL = 604_800;

    /** Where the digest's type stands in a DS, RFC 4034 §5.1. */
    private static final int DS_DIGEST_TYPE = 3;

    /** Octets of each digest. */
    private static final Map<Integer, Integer> DIGESTS = Map.of(1, 20, 2, 32, 4, 48);

    /** A set that long is generated; comparing each with each would take for ever. */
    private static final int MAX_COMPARED = 1_000;

    private final HeldZone zone;
    private final Findings findings;

    private RecordCheck(HeldZone zone, Findings findings) {
        this.zone = zone;
        this.findings = findings;
    }

    static void of(HeldZone zone, Findings findings) {
        RecordCheck check = new RecordCheck(zone, findings);
        for (String name : zone.names()) {
            Map<Integer, List<SourceRecord>> sets = zone.at(name);
            sets.values().forEach(check::set);
            check.owner(name, sets);
            check.cut(name, sets);
            check.signing(name, sets);
            check.hidden(name, sets);
        }
    }

    private void set(List<SourceRecord> set) {
        SourceRecord first = set.get(0);
        for (int i = 1; i < set.size(); i++) {
            SourceRecord record = set.get(i);
            for (int before = 0; before < i; before++) {
                if (Arrays.equals(set.get(before).data(), record.data())) {
                    findings.warning(
                            "duplicate",
                            zone,
                            record,
                            "the same record as in line " + set.get(before).line()
                                    + "; it counts once (RFC 2181 §5.5)");
                    break;
                }
            }
            if (record.ttl() != first.ttl() && record.type() != RecordType.RRSIG) {
                findings.warning(
                        "ttl-differs",
                        zone,
                        record,
                        "a TTL of " + record.ttl() + " beside " + first.ttl() + " in line " + first.line()
                                + ": records of one set have one TTL, and servers choose which (RFC 2181 §5.2)");
            }
            if (i == MAX_COMPARED) {
                return;
            }
        }
        if (first.ttl() > MAX_USUAL_TTL) {
            findings.remark(
                    "ttl-long",
                    zone,
                    first,
                    "a TTL of " + first.ttl()
                            + " s: resolvers keep it for a week at most, and a mistake stays as long");
        }
    }

    private void owner(String name, Map<Integer, List<SourceRecord>> sets) {
        for (int type : new int[] {RecordType.A, RecordType.AAAA, RecordType.MX}) {
            List<SourceRecord> set = sets.get(type);
            if (set != null && !Names.isHost(name) && !name.equals(".")) {
                findings.warning(
                        "host-name",
                        zone,
                        set.get(0),
                        "'" + name
                                + "' is no name for a host: letters, digits and hyphens alone (RFC 1123 §2.1); programs refuse others");
                return;
            }
        }
    }

    private void cut(String name, Map<Integer, List<SourceRecord>> sets) {
        boolean apex = name.equals(zone.origin());
        List<SourceRecord> ds = sets.get(RecordType.DS);
        if (ds != null && apex) {
            findings.error(
                    "ds-at-apex",
                    zone,
                    ds.get(0),
                    "a DS at the zone's own apex: it belongs into the parent (RFC 4035 §2.4)");
        } else if (ds != null && !sets.containsKey(RecordType.NS)) {
            findings.error(
                    "ds-without-cut",
                    zone,
                    ds.get(0),
                    "a DS where nothing is delegated: without NS beside it, it signs nothing (RFC 4035 §2.4)");
        }
        for (int type : new int[] {RecordType.NS, RecordType.DS, RecordType.DNAME}) {
            List<SourceRecord> set = sets.get(type);
            if (set != null && Names.firstLabel(name).equals("*")) {
                findings.error(
                        "wildcard-" + RecordType.word(type).toLowerCase(java.util.Locale.ROOT),
                        zone,
                        set.get(0),
                        "a wildcard cannot delegate or rename: what " + RecordType.word(type)
                                + " at a star means is not defined (RFC 4592 §4), and BIND refuses the zone");
            }
        }
    }

    private void signing(String name, Map<Integer, List<SourceRecord>> sets) {
        for (SourceRecord ds : sets.getOrDefault(RecordType.DS, List.of())) {
            int digest = ds.data().length > DS_DIGEST_TYPE ? ds.data()[DS_DIGEST_TYPE] & 0xff : 0;
            Integer expected = DIGESTS.get(digest);
            int length = ds.data().length - DS_DIGEST_TYPE - 1;
            if (expected == null || expected != length) {
                findings.error(
                        "ds-digest",
                        zone,
                        ds,
                        expected == null
                                ? "a DS with digest type " + digest + ", which nobody computes (RFC 8624 §3.3 wants 2)"
                                : "a digest of " + length + " octets where type " + digest + " has " + expected
                                        + ": the delegation is bogus to every validator");
            }
        }
        boolean hasKey = !zone.find(zone.origin(), Type.DNSKEY).isEmpty();
        for (int type : new int[] {Type.CDS, Type.CDNSKEY}) {
            List<SourceRecord> set = sets.get(type);
            if (set != null && (!hasKey || !name.equals(zone.origin()))) {
                findings.error(
                        "cds-without-key",
                        zone,
                        set.get(0),
                        Type.string(type)
                                + " asks the parent for a DS of a key, but no DNSKEY stands here: a parent that obeys breaks the zone"
                                + " (RFC 7344 §4.1)");
            }
        }
        for (SourceRecord parameters : sets.getOrDefault(Type.NSEC3PARAM, List.of())) {
            if (parameters.data().length == 0 || parameters.data()[0] != 1) {
                findings.error(
                        "nsec3-hash",
                        zone,
                        parameters,
                        "NSEC3 with a hash other than 1 (SHA-1), which is the only one there is (RFC 5155 §11)");
            }
        }
    }

    /** Data below a cut or a DNAME is never answered, but for the addresses of name servers. */
    private void hidden(String name, Map<Integer, List<SourceRecord>> sets) {
        String at = name;
        while (!at.equals(zone.origin())) {
            at = Names.parent(at);
            if (!zone.find(at, RecordType.DNAME).isEmpty()) {
                findings.error(
                        "below-dname",
                        zone,
                        sets.values().iterator().next().get(0),
                        "stands below the DNAME at " + at + " and is never answered (RFC 6672 §2.4)");
                return;
            }
            if (!at.equals(zone.origin()) && !zone.find(at, RecordType.NS).isEmpty()) {
                occluded(at, sets);
                return;
            }
        }
    }

    private void occluded(String cut, Map<Integer, List<SourceRecord>> sets) {
        sets.forEach((type, set) -> {
            if (type != RecordType.A && type != RecordType.AAAA && type != RecordType.RRSIG) {
                findings.warning(
                        "below-cut",
                        zone,
                        set.get(0),
                        "stands below the delegation of " + cut + " and is never answered: it belongs into that zone");
            }
        });
    }
}
