package kwangmyong.dns.zone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers how zones changed from one set to the next, so that who has an old version can be given the difference (RFC 1995). Bounded. */
public final class ZoneHistory {
    /** Differences kept of a zone. */
    static final int MAX_DIFFERENCES = 32;

    private ZoneHistory() {}

    /**
     * A new set with the history of the old one and what is new. Where a zone's serial rose there is one difference more; where the zone changed and its
     * serial did not rise, the past no longer leads to the present, and nothing of it is kept.
     */
    public static ZoneSet carry(ZoneSet before, ZoneSet after) {
        Map<String, List<ZoneDifference>> history = new HashMap<>();
        CanonicalName name = new CanonicalName();
        for (Zone zone : after.zones()) {
            name.set(zone.apex().owner(), 0);
            Zone old = before.enclosing(name, 0);
            if (old != null && old.apex().labels() == zone.apex().labels()) {
                List<ZoneDifference> kept = carry(before.history(old), old, zone);
                if (!kept.isEmpty()) {
                    history.put(zone.apex().text(), kept);
                }
            }
        }
        return after.with(history);
    }

    private static List<ZoneDifference> carry(List<ZoneDifference> past, Zone old, Zone zone) {
        long from = Serial.of(old);
        long to = Serial.of(zone);
        if (old == zone || (from == to && past.isEmpty())) {
            return past;
        }
        if (from != to && !Serial.isAfter(to, from)) {
            return List.of();
        }
        ZoneDifference difference = ZoneDifference.between(old, zone);
        if (difference == null) {
            return List.of();
        }
        if (from == to) {
            return difference.isEmpty() ? past : List.of();
        }
        List<ZoneDifference> kept = new ArrayList<>(past);
        kept.add(difference);
        while (kept.size() > MAX_DIFFERENCES
                || kept.stream().mapToInt(ZoneDifference::size).sum() > ZoneDifference.MAX_RECORDS) {
            kept.remove(0);
        }
        return List.copyOf(kept);
    }
}
