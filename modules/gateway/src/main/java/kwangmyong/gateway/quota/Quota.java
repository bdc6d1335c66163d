package kwangmyong.gateway.quota;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.policy.NamePattern;
import org.jspecify.annotations.Nullable;

/**
 * How much each subject may use.
 *
 * @param names hosts that it speaks of; empty is every host
 * @param subjects whom it speaks of, each for themselves; empty is everyone who has logged in
 * @param octets of bodies and tunnels, both ways together; 0 is any number
 * @param minutes in which anything passes; 0 is any number
 * @param requests that are let pass, a tunnel being one; 0 is any number
 * @param each what begins anew with a full quota
 * @param denial how it looks when a quota is used up
 */
public record Quota(
        String id,
        List<NamePattern> names,
        Set<String> subjects,
        long octets,
        int minutes,
        int requests,
        Each each,
        Presentation.Http denial) {
    /** By the clock and the time zone of the lab. */
    public enum Each {
        HOUR(ChronoUnit.HOURS),
        DAY(ChronoUnit.DAYS);

        private final ChronoUnit unit;

        Each(ChronoUnit unit) {
            this.unit = unit;
        }

        /** When the one began that a moment lies in, in seconds. */
        long begin(ZonedDateTime moment) {
            return moment.truncatedTo(unit).toEpochSecond();
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Quota {
        names = List.copyOf(names);
        subjects = Set.copyOf(subjects);
        if (octets < 0 || minutes < 0 || requests < 0 || (octets == 0 && minutes == 0 && requests == 0)) {
            throw new IllegalArgumentException(
                    "quota " + id + ": neither octets nor minutes nor requests (expected: at least one)");
        }
    }

    /** Whether it speaks of what this subject does at this host. */
    public boolean concerns(@Nullable String subject, String host) {
        return subject != null
                && (subjects.isEmpty() || subjects.contains(subject))
                && (names.isEmpty() || names.stream().anyMatch(name -> name.matches(host)));
    }
}
