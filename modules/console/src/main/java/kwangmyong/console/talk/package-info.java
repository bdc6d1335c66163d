/** A channel of an SSH connection on which somebody types and something answers. It must not know what is said. */
@NullMarked
package kwangmyong.console.talk;

import org.jspecify.annotations.NullMarked;
