package kwangmyong.dns.sign;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneSet;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Signs those of a server's zones that have a policy. Keys come from the disk: not for an event loop. */
public final class ZoneSigning {
    private final Map<String, SigningPolicy> policies;
    private final KeyFolder keys;
    private final ServedSerials serials;
    /** Read once: what happens to the files later does not change the key of a zone that is served. */
    private final Map<String, ZoneKey> read = new ConcurrentHashMap<>();

    /** @param policies by the zone's name, in lower case and without a final dot */
    public ZoneSigning(Map<String, SigningPolicy> policies, KeyFolder keys) {
        this.policies = Map.copyOf(policies);
        this.keys = keys;
        this.serials = new ServedSerials(keys.folder());
    }

    /** What is known of a zone that is signed here. */
    private record Signed(Zone ready, ZoneKey key, SignatureWindow window) {}

    /** Zones as they are to be served. */
    public static final class Result {
        private final ZoneSet zones;
        private final @Nullable Instant renewal;
        private final Map<Zone, Signed> unfinished;

        private Result(ZoneSet zones, @Nullable Instant renewal, Map<Zone, Signed> unfinished) {
            this.zones = zones;
            this.renewal = renewal;
            this.unfinished = unfinished;
        }

        public ZoneSet zones() {
            return zones;
        }

        /** Whether everything is to be signed anew by then, since signatures end; never where nothing is signed here. */
        public boolean isDue(Instant now) {
            return renewal != null && !now.isBefore(renewal);
        }

        /** Whether signatures are left that {@link #finished} makes. */
        public boolean isFinished() {
            return unfinished.isEmpty();
        }

        /**
         * The same with every signature of a zone with a chain made, as a transfer needs it; until then each is made when first asked for.
         * Takes about a millisecond a set.
         */
        public Result finished() {
            List<Zone> all = new ArrayList<>();
            for (Zone zone : zones.zones()) {
                Signed signed = unfinished.get(zone);
                all.add(signed == null ? zone : ZoneSigner.complete(signed.ready(), signed.key(), signed.window()));
            }
            return new Result(new ZoneSet(all), renewal, Map.of());
        }
    }

    /**
     * Signs.
     *
     * @param loaded zones as their files have them
     * @param now by the lab's clock
     * @throws IOException when a key or the serial served last cannot be had, or a zone is signed in its file already; the message says which
     */
    public Result sign(ZoneSet loaded, Instant now) throws IOException {
        if (policies.isEmpty()) {
            return new Result(loaded, null, Map.of());
        }
        Map<String, ZoneKey> keyOf = new LinkedHashMap<>();
        for (Zone zone : loaded.zones()) {
            SigningPolicy policy = policies.get(zone.apex().text());
            if (policy != null) {
                if (zone.security() != null) {
                    throw new IOException("the zone " + zone.apex().text() + " is signed in its file already");
                }
                keyOf.put(zone.apex().text(), key(zone.apex(), policy));
            }
        }
        return signed(loaded, keyOf, now);
    }

    private ZoneKey key(Node apex, SigningPolicy policy) throws IOException {
        ZoneKey known = read.get(apex.text());
        if (known == null) {
            known = keys.key(apex.owner(), policy.algorithm());
            read.put(apex.text(), known);
        }
        return known;
    }

    private Result signed(ZoneSet loaded, Map<String, ZoneKey> keyOf, Instant now) throws IOException {
        List<Zone> ready = new ArrayList<>();
        Map<Zone, Signed> unfinished = new LinkedHashMap<>();
        Instant renewal = Instant.MAX;
        for (Zone zone : loaded.zones()) {
            ZoneKey key = keyOf.get(zone.apex().text());
            if (key == null) {
                ready.add(zone);
                continue;
            }
            SigningPolicy policy =
                    Objects.requireNonNull(policies.get(zone.apex().text()));
            Function<Node, List<byte[]>> children = cut -> keysAt(cut, loaded, keyOf);
            ServedSerials.Served served = serials.next(zone, ZoneContent.of(zone, key, policy, children), policy, now);
            SignatureWindow window = SignatureWindow.from(served.signed(), policy.validity());
            Zone made = ZoneSigner.ready(zone, key, policy.denial(), window, served.serial(), children);
            ready.add(made);
            renewal = window.renewal().isBefore(renewal) ? window.renewal() : renewal;
            if (policy.denial() != Denial.COMPACT) {
                unfinished.put(made, new Signed(made, key, window));
            }
        }
        return new Result(new ZoneSet(ready), renewal, unfinished);
    }

    /** The keys of the zone that begins at a cut: ours, or those in its file. */
    private static List<byte[]> keysAt(Node cut, ZoneSet loaded, Map<String, ZoneKey> keyOf) {
        ZoneKey own = keyOf.get(cut.text());
        if (own != null) {
            return List.of(own.dnskey());
        }
        CanonicalName name = new CanonicalName();
        name.set(cut.owner(), 0);
        Zone child = loaded.enclosing(name, 0);
        List<byte[]> found = new ArrayList<>();
        if (child != null && child.security() != null && child.apex().labels() == cut.labels()) {
            RecordSet set = child.apex().find(RecordType.DNSKEY);
            for (int i = 0; set != null && i < set.size(); i++) {
                found.add(set.data(i));
            }
        }
        return found;
    }

    /**
     * The keys that validators are to trust: of zones signed here that lie in no other zone signed here. Makes those that are not there.
     *
     * @param zones the names of all zones, as in the policies
     * @throws IOException when one cannot be had
     */
    public List<ZoneKey> trustAnchors(Collection<String> zones) throws IOException {
        List<ZoneKey> anchors = new ArrayList<>();
        for (Map.Entry<String, SigningPolicy> each : new TreeMap<>(policies).entrySet()) {
            boolean vouchedFor = zones.stream()
                    .filter(other -> each.getKey().endsWith("." + other))
                    .max(Comparator.comparingInt(String::length))
                    .filter(policies::containsKey)
                    .isPresent();
            if (!vouchedFor) {
                byte[] zone = Name.fromString(each.getKey(), Name.root).toWire();
                anchors.add(keys.key(zone, each.getValue().algorithm()));
            }
        }
        return anchors;
    }
}
