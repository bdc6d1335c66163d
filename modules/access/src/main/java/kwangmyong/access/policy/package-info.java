/** Compiled policies and the one function that decides. It knows neither sockets nor clocks nor who is logged in. */
@NullMarked
package kwangmyong.access.policy;

import org.jspecify.annotations.NullMarked;
