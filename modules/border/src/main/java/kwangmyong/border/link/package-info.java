/** The machine's side: packet sockets on the two links, and the namespace that they are in, by the C library's calls. It knows no packet. */
@NullMarked
package kwangmyong.border.link;

import org.jspecify.annotations.NullMarked;
