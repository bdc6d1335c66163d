package kwangmyong.access.api;

import java.time.Instant;

/**
 * One host that somebody asked for, as the journal has it.
 *
 * @param host a name, an address or a mailbox's domain
 * @param allowed how many decisions of any layer allowed it
 * @param denied how many denied it
 * @param last the latest, by the lab's clock
 */
public record Visited(String host, long allowed, long denied, Instant last) {}
