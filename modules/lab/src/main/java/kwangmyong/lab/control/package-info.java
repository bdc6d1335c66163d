/**
 * How the {@code kwm} command talks to a running lab: one Unix socket of mode 0600 under the lab's state, a command line one way, text and an exit
 * status the other. It knows nothing of what commands mean.
 */
@NullMarked
package kwangmyong.lab.control;

import org.jspecify.annotations.NullMarked;
