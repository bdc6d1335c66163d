/**
 * Reads what a TLS client says before anything is encrypted (RFC 8446 §4.1.2, RFC 6066 §3), from bytes to values. Knows no socket, no policy, and
 * decrypts nothing.
 */
@NullMarked
package kwangmyong.gateway.tls;

import org.jspecify.annotations.NullMarked;
