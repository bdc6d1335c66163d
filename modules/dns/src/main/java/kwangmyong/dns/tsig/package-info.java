/** Transaction signatures, RFC 8945: keys, and both ends of a signed exchange. Pure: octets and times in, octets out. */
@NullMarked
package kwangmyong.dns.tsig;

import org.jspecify.annotations.NullMarked;
