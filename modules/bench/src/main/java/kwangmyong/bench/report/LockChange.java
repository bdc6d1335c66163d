package kwangmyong.bench.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A member of lock.json that two runs have otherwise; null where a run does not have it. */
public record LockChange(
        String name, @Nullable String before, @Nullable String after) {
    /** Every one, by name. */
    public static List<LockChange> between(@Nullable JsonNode before, @Nullable JsonNode after) {
        Map<String, String> older = Settings.of(before).flat();
        Map<String, String> newer = Settings.of(after).flat();
        Map<String, LockChange> changes = new TreeMap<>();
        older.forEach((name, value) -> {
            if (!value.equals(newer.get(name))) {
                changes.put(name, new LockChange(name, value, newer.get(name)));
            }
        });
        newer.forEach((name, value) -> {
            if (!older.containsKey(name)) {
                changes.put(name, new LockChange(name, null, value));
            }
        });
        return List.copyOf(changes.values());
    }
}
