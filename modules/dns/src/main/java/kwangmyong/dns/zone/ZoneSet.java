package kwangmyong.dns.zone;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The zones that are served, found by the longest matching name. Immutable; a reload makes a new one. */
public final class ZoneSet {
    public static final ZoneSet EMPTY = new ZoneSet(List.of());

    private final NameTable<Zone> byApex = new NameTable<>(zone -> zone.apex().owner());
    private final List<Zone> zones;
    private final Map<String, List<ZoneDifference>> history;

    /** The zones given, no two of which have the same apex. */
    public ZoneSet(Collection<Zone> zones) {
        this(zones, Map.of());
    }

    private ZoneSet(Collection<Zone> zones, Map<String, List<ZoneDifference>> history) {
        this.history = history;
        this.zones = List.copyOf(zones);
        CanonicalName name = new CanonicalName();
        for (Zone zone : this.zones) {
            name.set(zone.apex().owner(), 0);
            byApex.put(name, zone);
        }
    }

    /** Those of these names, in lower case and without a final dot. */
    public ZoneSet only(Set<String> names) {
        return new ZoneSet(
                zones.stream()
                        .filter(zone -> names.contains(zone.apex().text()))
                        .toList(),
                history);
    }

    public List<Zone> zones() {
        return zones;
    }

    /** The same zones with what each has gone through, by the text of its apex, the oldest difference first and each going on from the one before. */
    ZoneSet with(Map<String, List<ZoneDifference>> known) {
        return new ZoneSet(zones, Map.copyOf(known));
    }

    /** How a zone became what it is, the oldest difference first; empty when nothing is known. */
    public List<ZoneDifference> history(Zone zone) {
        return history.getOrDefault(zone.apex().text(), List.of());
    }

    /**
     * The deepest zone that {@code name} lies in.
     *
     * @param label where to begin: 0 for the name itself, 1 for zones above it only
     */
    public @Nullable Zone enclosing(CanonicalName name, int label) {
        for (int i = label; i <= name.labels(); i++) {
            Zone zone = byApex.get(name, i);
            if (zone != null) {
                return zone;
            }
        }
        return null;
    }
}
