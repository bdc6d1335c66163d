package kwangmyong.lab.running;

import java.util.Set;
import java.util.stream.Collectors;
import kwangmyong.access.watch.Watching;
import kwangmyong.lab.config.DnsSection.Zone;
import kwangmyong.lab.config.LabDeclaration;

/** The watch over a lab's journal. */
final class Watch {
    private Watch() {}

    /** One that has seen nothing yet. */
    static Watching over(LabDeclaration declaration) {
        Set<String> inside = declaration.dns().zones().stream()
                .filter(zone -> !zone.world())
                .map(Zone::name)
                .collect(Collectors.toSet());
        return new Watching(declaration.journal().watch(), declaration.timeZone(), host -> isWithin(inside, host));
    }

    /** Whether a host is one of the zones, below one, or at least under the same country's or other last label as all of them. */
    private static boolean isWithin(Set<String> zones, String host) {
        String name = host;
        while (true) {
            if (zones.contains(name)) {
                return true;
            }
            int dot = name.indexOf('.');
            if (dot < 0) {
                String last = name;
                return !zones.isEmpty() && zones.stream().allMatch(zone -> zone.endsWith("." + last));
            }
            name = name.substring(dot + 1);
        }
    }
}
