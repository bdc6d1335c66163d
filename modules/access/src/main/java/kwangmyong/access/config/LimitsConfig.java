package kwangmyong.access.config;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * How much of being logged in anybody may have. Nobody's own seat counts.
 *
 * @param atOnce at how many terminals one subject may be logged in; 0 is any number
 * @param atOnceOf the same for single subjects, by name
 * @param quotas of minutes a day
 * @param zone whose days count
 */
public record LimitsConfig(int atOnce, Map<String, Integer> atOnceOf, List<MinutesQuota> quotas, ZoneId zone) {
    /** No limit. */
    public static final LimitsConfig NONE = new LimitsConfig(0, Map.of(), List.of(), ZoneId.of("UTC"));

    public LimitsConfig {
        atOnceOf = Map.copyOf(atOnceOf);
        quotas = List.copyOf(quotas);
        if (atOnce < 0 || atOnceOf.values().stream().anyMatch(most -> most < 0)) {
            throw new IllegalArgumentException("sessions at once: fewer than 0 (expected: 0 for any number, or more)");
        }
    }

    /** At how many terminals a subject may be logged in; 0 is any number. */
    public int atOnceOf(String subject) {
        return atOnceOf.getOrDefault(subject, atOnce);
    }
}
