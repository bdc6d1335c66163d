/**
 * The journal on disk: JSON Lines, one chain, written by one thread.
 *
 * <p>Knows the kernel's events and how they look as text. Knows nothing of who decides, and reads no configuration.
 */
@NullMarked
package kwangmyong.access.journal;

import org.jspecify.annotations.NullMarked;
