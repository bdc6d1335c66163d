package kwangmyong.access.api;

import java.time.Instant;

/**
 * A grant as shown to people.
 *
 * @param added as words
 */
public record GrantView(
        String id, String subject, String added, Instant from, Instant until, String reason, String by) {}
