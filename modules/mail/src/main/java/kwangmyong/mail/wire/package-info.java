/** What the mail protocols share: a connection that speaks lines, SASL, dot-stuffing, and the way to decisions. It must not know the store. */
@NullMarked
package kwangmyong.mail.wire;

import org.jspecify.annotations.NullMarked;
