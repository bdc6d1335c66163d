/** A lab's closed network in the isolated mode, out of what the lab declares. */
@NullMarked
package kwangmyong.lab.isolated;

import org.jspecify.annotations.NullMarked;
