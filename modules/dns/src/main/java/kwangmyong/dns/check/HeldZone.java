package kwangmyong.dns.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.SourceRecord;
import kwangmyong.dns.zone.ZoneReading;
import org.jspecify.annotations.Nullable;

/** One zone's records by name and type. */
final class HeldZone {
    private final ZoneReading reading;
    private final Map<String, Map<Integer, List<SourceRecord>>> byName = new HashMap<>();
    private final Set<String> nonTerminals = new HashSet<>();

    HeldZone(ZoneReading reading) {
        this.reading = reading;
        for (SourceRecord record : reading.records()) {
            String owner = Data.owner(record);
            if (Names.isWithin(owner, origin())) {
                byName.computeIfAbsent(owner, first -> new HashMap<>())
                        .computeIfAbsent(record.type(), first -> new ArrayList<>(2))
                        .add(record);
                String above = owner;
                while (!above.equals(origin()) && nonTerminals.add(above)) {
                    above = Names.parent(above);
                }
            }
        }
        nonTerminals.add(origin());
    }

    String origin() {
        return reading.origin();
    }

    ZoneReading reading() {
        return reading;
    }

    Set<String> names() {
        return byName.keySet();
    }

    List<SourceRecord> find(String name, int type) {
        return byName.getOrDefault(name, Map.of()).getOrDefault(type, List.of());
    }

    Map<Integer, List<SourceRecord>> at(String name) {
        return byName.getOrDefault(name, Map.of());
    }

    /** Whether the name exists, an empty non-terminal included. */
    boolean exists(String name) {
        return nonTerminals.contains(name);
    }

    /** The records that answer for a name: its own, or those of the wildcard that stands for it (RFC 4592 §3.3.1). */
    List<SourceRecord> answers(String name, int type) {
        if (exists(name)) {
            return find(name, type);
        }
        String above = name;
        while (!above.equals(origin())) {
            above = Names.parent(above);
            if (exists(above)) {
                return find(above.equals(".") ? "*" : "*." + above, type);
            }
        }
        return List.of();
    }

    boolean hasAddress(String name) {
        return !answers(name, RecordType.A).isEmpty()
                || !answers(name, RecordType.AAAA).isEmpty();
    }

    /** The topmost zone cut at or above {@code name}, below the apex; null where the name is this zone's own. */
    @Nullable
    String cut(String name) {
        String cut = null;
        String at = name;
        while (!at.equals(origin())) {
            if (!find(at, RecordType.NS).isEmpty()) {
                cut = at;
            }
            at = Names.parent(at);
        }
        return cut;
    }
}
