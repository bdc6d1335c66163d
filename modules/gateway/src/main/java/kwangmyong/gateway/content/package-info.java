/**
 * What pages may be and hold: rules on requests and answers beyond their host, and the words looked for in bodies as they pass. Pure; it must
 * not know sockets or who asks.
 */
@NullMarked
package kwangmyong.gateway.content;

import org.jspecify.annotations.NullMarked;
