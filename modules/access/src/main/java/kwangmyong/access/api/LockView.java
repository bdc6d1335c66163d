package kwangmyong.access.api;

import java.time.Instant;

/**
 * A lock on a subject.
 *
 * @param since by the lab's clock
 * @param by the operator
 */
public record LockView(String reason, Instant since, String by) {}
