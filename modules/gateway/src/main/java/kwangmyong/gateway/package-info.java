/** The allowlist HTTP gateway, forward and transparent. It must not know how decisions are made, nor any other feature. */
@NullMarked
package kwangmyong.gateway;

import org.jspecify.annotations.NullMarked;
