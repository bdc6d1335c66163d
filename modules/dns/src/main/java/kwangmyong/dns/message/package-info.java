/** DNS messages as bytes: what a query asks (RFC 1035 §4, RFC 6891) and how a response is put together. It must not know how an answer is found. */
@NullMarked
package kwangmyong.dns.message;

import org.jspecify.annotations.NullMarked;
