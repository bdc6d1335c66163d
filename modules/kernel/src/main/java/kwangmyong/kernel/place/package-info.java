/** Places: addresses, the attachments they belong to, and how a lab address becomes a socket. It knows nothing of who is there. */
@NullMarked
package kwangmyong.kernel.place;

import org.jspecify.annotations.NullMarked;
