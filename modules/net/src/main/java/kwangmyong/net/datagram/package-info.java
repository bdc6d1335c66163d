/** UDP by the machine's own calls, many datagrams to a call. It knows no protocol. */
@NullMarked
package kwangmyong.net.datagram;

import org.jspecify.annotations.NullMarked;
