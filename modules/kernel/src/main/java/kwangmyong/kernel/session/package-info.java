/** Who is where: sessions, identities, and the port to the live table of them. */
@NullMarked
package kwangmyong.kernel.session;

import org.jspecify.annotations.NullMarked;
