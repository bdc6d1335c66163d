/** The world as a process of its own. */
@NullMarked
package kwangmyong.lab.world;

import org.jspecify.annotations.NullMarked;
