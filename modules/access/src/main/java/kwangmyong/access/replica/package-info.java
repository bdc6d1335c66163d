/** The authority in a process of its own services: rules and sessions as the controller tells them. */
@NullMarked
package kwangmyong.access.replica;

import org.jspecify.annotations.NullMarked;
