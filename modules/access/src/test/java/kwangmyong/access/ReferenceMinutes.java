package kwangmyong.access;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.access.config.MinutesQuota;
import org.jspecify.annotations.Nullable;

/** When anybody used minutes of a quota, as the times themselves: of {@link ReferenceModel}. */
final class ReferenceMinutes {
    /** By quota and subject. */
    private final Map<String, List<Span>> spans = new HashMap<>();

    private static final class Span {
        private final Instant from;

        private @Nullable Instant to;

        private Span(Instant from) {
            this.from = from;
        }
    }

    static String key(MinutesQuota quota, String subject) {
        return quota.id() + " " + subject;
    }

    /** From now on these are used, and no others. */
    void turn(Set<String> counting, Instant now) {
        counting.forEach(key -> {
            List<Span> all = spans.computeIfAbsent(key, first -> new ArrayList<>());
            if (all.isEmpty() || all.get(all.size() - 1).to != null) {
                all.add(new Span(now));
            }
        });
        spans.forEach((key, all) -> {
            Span last = all.get(all.size() - 1);
            if (!counting.contains(key) && last.to == null) {
                last.to = now;
            }
            all.removeIf(span -> span.to != null && span.to.isBefore(now.minus(Duration.ofDays(2))) && span != last);
        });
    }

    void forget(String subject) {
        spans.keySet().removeIf(key -> key.endsWith(" " + subject));
    }

    /** Seconds of the day that it is. */
    long used(MinutesQuota quota, String subject, Instant now, ZoneId zone) {
        Instant midnight = LocalDate.ofInstant(now, zone).atStartOfDay(zone).toInstant();
        long seconds = 0;
        for (Span span : spans.getOrDefault(key(quota, subject), List.of())) {
            Instant from = span.from.isBefore(midnight) ? midnight : span.from;
            Instant to = span.to == null ? now : span.to;
            seconds += to.isAfter(from) ? Duration.between(from, to).toSeconds() : 0;
        }
        return seconds;
    }
}
