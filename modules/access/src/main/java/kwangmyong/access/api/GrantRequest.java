package kwangmyong.access.api;

import java.time.Duration;

/**
 * More clearance for a while.
 *
 * @param words a level, compartments or both: {@code world}, {@code official + directory}
 * @param lasting from now, by the lab's clock; more than zero, at most {@link #LONGEST}
 * @param reason for the journal; may be empty
 * @param by the operator
 */
public record GrantRequest(String subject, String words, Duration lasting, String reason, String by) {
    public static final Duration LONGEST = Duration.ofDays(366);
}
