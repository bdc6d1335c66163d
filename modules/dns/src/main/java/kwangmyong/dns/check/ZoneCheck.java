package kwangmyong.dns.check;

import java.util.ArrayList;
import java.util.List;
import kwangmyong.dns.check.Finding.Severity;
import kwangmyong.dns.zone.ZoneFault;
import kwangmyong.dns.zone.ZoneReading;

/** Finds what is wrong with zones, each by itself and one against the other. */
public final class ZoneCheck {
    private ZoneCheck() {}

    /**
     * Checks zones together.
     *
     * @return by file and line; at most {@value Findings#LIMIT}
     */
    public static List<Finding> of(List<ZoneReading> readings) {
        Findings findings = new Findings();
        List<HeldZone> zones = new ArrayList<>();
        for (ZoneReading reading : readings) {
            for (ZoneFault fault : reading.faults()) {
                findings.add(new Finding(
                        Severity.ERROR,
                        "does-not-load",
                        reading.origin(),
                        fault.file(),
                        fault.line(),
                        fault.message()));
            }
            zones.add(new HeldZone(reading));
        }
        Held held = new Held(zones);
        for (HeldZone zone : zones) {
            ApexCheck.of(zone, findings);
            RecordCheck.of(zone, findings);
            HostCheck.of(zone, held, findings);
            DelegationCheck.of(zone, held, findings);
            SpfCheck.of(zone, held, findings);
            ReverseCheck.of(zone, held, findings);
        }
        return findings.sorted();
    }
}
