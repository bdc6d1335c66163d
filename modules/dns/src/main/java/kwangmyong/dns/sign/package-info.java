/**
 * Signing of zones (RFC 4034, 4035, 5155, 9824): keys, what is signed and how, chains of denial. It makes zones out of zones, and must not
 * know messages, sockets or decisions.
 */
@NullMarked
package kwangmyong.dns.sign;

import org.jspecify.annotations.NullMarked;
