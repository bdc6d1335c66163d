/** Authoritative answers from whitelisted zones. It must not know how decisions are made, nor any other feature. */
@NullMarked
package kwangmyong.dns;

import org.jspecify.annotations.NullMarked;
