/** The record of what was decided and done, as a port. */
@NullMarked
package kwangmyong.kernel.journal;

import org.jspecify.annotations.NullMarked;
