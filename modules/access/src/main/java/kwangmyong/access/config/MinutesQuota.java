package kwangmyong.access.config;

import java.time.Duration;
import java.util.Set;

/**
 * How long somebody may be logged in on one day of the lab's, at however many terminals at once.
 *
 * @param subjects whom it speaks of, each for themselves; empty is everyone
 * @param attachments where being logged in counts; empty is everywhere but at one's own seat, where nobody logs in
 * @param each a day; more than zero, at most 24 hours
 */
public record MinutesQuota(String id, Set<String> subjects, Set<String> attachments, Duration each) {
    public static final Duration LONGEST = Duration.ofDays(1);

    public MinutesQuota {
        subjects = Set.copyOf(subjects);
        attachments = Set.copyOf(attachments);
        if (each.isNegative() || each.isZero() || each.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "quota " + id + ": " + each + " a day (expected: more than zero, at most " + LONGEST + ")");
        }
    }

    public boolean concerns(String subject) {
        return subjects.isEmpty() || subjects.contains(subject);
    }

    public boolean counts(String subject, String attachment) {
        return concerns(subject) && (attachments.isEmpty() || attachments.contains(attachment));
    }
}
