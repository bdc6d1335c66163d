/** How anything is changed: thought out as a plan, then carried out in groups on one thread, on disk before it is in force. */
@NullMarked
package kwangmyong.access.change;

import org.jspecify.annotations.NullMarked;
