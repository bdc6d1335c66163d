/**
 * A shared cache (RFC 9111): what may be kept, how long it is fresh, which of several variants answers a request, and the folder that holds bodies. Knows no
 * socket and makes no decision on who may see what: whoever asks has been decided on already.
 */
@NullMarked
package kwangmyong.gateway.cache;

import org.jspecify.annotations.NullMarked;
