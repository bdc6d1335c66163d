/** The lab's certificate authorities and the keys its services show. It must not know which services there are. */
@NullMarked
package kwangmyong.net.tls;

import org.jspecify.annotations.NullMarked;
