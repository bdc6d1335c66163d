/** The Netty foundation: transports, start and stop, limits, TLS keys in use and line framing. It must not know any protocol, nor who is asking or what may be reached. */
@NullMarked
package kwangmyong.net;

import org.jspecify.annotations.NullMarked;
