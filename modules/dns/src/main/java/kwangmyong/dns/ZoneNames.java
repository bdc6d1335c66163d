package kwangmyong.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.NameData;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Names as data from the zones in force, for whoever decides by themselves. Aliases are followed as the server follows them. */
final class ZoneNames implements NameData {
    private final Supplier<ZoneSet> zones;

    ZoneNames(Supplier<ZoneSet> zones) {
        this.zones = zones;
    }

    @Override
    public Object edition() {
        return zones.get();
    }

    @Override
    public Answer addresses(String text) {
        byte[] start;
        try {
            start = Name.fromString(text, Name.root).toWire();
        } catch (TextParseException notAName) {
            return new Answer(List.of(text), List.of());
        }
        ZoneSet current = zones.get();
        List<String> chain = new ArrayList<>();
        List<InetAddress> addresses = new ArrayList<>();
        byte[] last = follow(current, start, chain);
        append(current, last, RecordType.A, addresses);
        append(current, last, RecordType.AAAA, addresses);
        return new Answer(chain, addresses);
    }

    /** Goes from alias to alias; the last name reached, which is no alias itself unless the chain was cut. */
    private static byte[] follow(ZoneSet current, byte[] start, List<String> chain) {
        Lookup lookup = new Lookup();
        CanonicalName name = new CanonicalName();
        byte[] at = start;
        while (true) {
            String text = DomainName.text(at, 0);
            if (chain.contains(text) || chain.size() > Alias.MAX_CHAIN) {
                return at;
            }
            chain.add(text);
            name.set(at, 0);
            byte[] next = next(lookup, lookup.find(current, name, RecordType.A), at);
            if (next == null) {
                return at;
            }
            at = next;
        }
    }

    private static byte @Nullable [] next(Lookup lookup, Lookup.Kind kind, byte[] from) {
        RecordSet set = lookup.set();
        return switch (kind) {
            case ALIAS -> DomainName.at(Objects.requireNonNull(set).data(0), 0);
            case RENAMED ->
                Alias.renamed(
                        from,
                        Objects.requireNonNull(lookup.node()).owner().length,
                        Objects.requireNonNull(set).data(0));
            default -> null;
        };
    }

    private static void append(ZoneSet current, byte[] at, int type, List<InetAddress> addresses) {
        CanonicalName name = new CanonicalName();
        name.set(at, 0);
        Lookup lookup = new Lookup();
        if (lookup.find(current, name, type) != Lookup.Kind.FOUND) {
            return;
        }
        RecordSet set = Objects.requireNonNull(lookup.set());
        for (int i = 0; i < set.size(); i++) {
            try {
                addresses.add(InetAddress.getByAddress(set.data(i)));
            } catch (UnknownHostException impossible) {
                throw new AssertionError(impossible); // the loader lets no other length through
            }
        }
    }
}
