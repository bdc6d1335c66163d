package kwangmyong.dns;

import java.util.function.Supplier;
import kwangmyong.dns.zone.ZoneSet;
import org.jspecify.annotations.Nullable;

/** What is served at one address: all zones to everybody, or some of them to one attachment's terminals. One for each thread. */
final class View {
    private final Supplier<ZoneSet> all;
    private final DnsConfig.@Nullable Resolver resolver;
    private @Nullable ZoneSet whole;
    private ZoneSet part = ZoneSet.EMPTY;

    /** @param resolver null for an address that everybody may ask */
    View(Supplier<ZoneSet> all, DnsConfig.@Nullable Resolver resolver) {
        this.all = all;
        this.resolver = resolver;
    }

    /** The zones now in force here. */
    ZoneSet zones() {
        ZoneSet now = all.get();
        if (resolver == null || resolver.zones().isEmpty()) {
            return now;
        }
        if (now != whole) {
            part = now.only(resolver.zones());
            whole = now;
        }
        return part;
    }

    /** The only attachment that is answered here; null for any. */
    @Nullable
    String attachment() {
        return resolver == null ? null : resolver.attachment();
    }
}
