/**
 * HTTP/1.1 messages as bytes, read strictly (RFC 9112): heads, fields, framing, bodies. What two readers could understand differently is
 * refused, never repaired. It must not know sockets, nor who asks or what may be reached.
 */
@NullMarked
package kwangmyong.gateway.http;

import org.jspecify.annotations.NullMarked;
