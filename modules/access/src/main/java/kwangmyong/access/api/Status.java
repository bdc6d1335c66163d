package kwangmyong.access.api;

import java.time.Instant;

/**
 * The controller in numbers.
 *
 * @param policy the hash of the rules in force
 * @param now the lab's time
 */
public record Status(String policy, Instant now, int subjects, int rules, int attachments, int sessions, int grants) {}
