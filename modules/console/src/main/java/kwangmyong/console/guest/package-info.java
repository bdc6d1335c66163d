/** Subjects who log a terminal in over SSH: for as long as they hold the connection. It must not know the operator's commands. */
@NullMarked
package kwangmyong.console.guest;

import org.jspecify.annotations.NullMarked;
