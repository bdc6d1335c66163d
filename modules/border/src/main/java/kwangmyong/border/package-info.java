/**
 * What passes between inside and world, in the order of reading: octets ({@code packet}), flows and the one decision about each, what a way
 * does to them ({@code shape}), a record of it ({@code capture}), and the links themselves ({@code link}). It must not know another feature.
 */
@NullMarked
package kwangmyong.border;

import org.jspecify.annotations.NullMarked;
