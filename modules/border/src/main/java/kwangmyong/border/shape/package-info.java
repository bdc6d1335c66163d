/** Delay, jitter, loss and rate: when a packet goes on, and where it waits until then. It knows octets and times, and no flow. */
@NullMarked
package kwangmyong.border.shape;

import org.jspecify.annotations.NullMarked;
