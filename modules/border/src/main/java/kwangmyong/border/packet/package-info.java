/** Octets on a link, and what they are: one pass over a frame, nothing copied. It knows no flow and no decision. */
@NullMarked
package kwangmyong.border.packet;

import org.jspecify.annotations.NullMarked;
