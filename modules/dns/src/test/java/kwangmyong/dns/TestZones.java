package kwangmyong.dns;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import kwangmyong.dns.zone.ZoneLoader;
import kwangmyong.dns.zone.ZoneSet;

/** The zones under src/test/resources/zones. */
final class TestZones {
    private TestZones() {}

    static ZoneSet load() {
        ZoneLoader loader = new ZoneLoader();
        sources().forEach(source -> loader.load(source.origin(), source.file()));
        if (!loader.faults().isEmpty()) {
            throw new AssertionError(loader.faults());
        }
        return loader.zones();
    }

    static List<DnsConfig.ZoneSource> sources() {
        return List.of(source("garden.kp"), source("other.kp"), source("sub.other.kp"));
    }

    private static DnsConfig.ZoneSource source(String origin) {
        return new DnsConfig.ZoneSource(origin, folder().resolve(origin + ".zone"), false);
    }

    static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(TestZones.class.getResource("/zones"))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
