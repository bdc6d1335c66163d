/**
 * Who looks as if they were trying to get round what is allowed: events in, scores with their reasons out.
 *
 * <p>Knows what the journal says, and nothing else. It decides nothing, and nothing that decides asks it.
 */
@NullMarked
package kwangmyong.access.watch;

import org.jspecify.annotations.NullMarked;
