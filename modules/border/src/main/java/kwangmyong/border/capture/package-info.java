/** Packets as a file that other programs read. It knows no flow. */
@NullMarked
package kwangmyong.border.capture;

import org.jspecify.annotations.NullMarked;
