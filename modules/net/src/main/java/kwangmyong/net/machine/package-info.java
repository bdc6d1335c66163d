/** What Java has no way to ask of the machine. */
@NullMarked
package kwangmyong.net.machine;

import org.jspecify.annotations.NullMarked;
