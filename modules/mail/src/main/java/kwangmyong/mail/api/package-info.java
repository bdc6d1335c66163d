/** What operators may ask of the mail server, as values. It knows no protocol and no file. */
@NullMarked
package kwangmyong.mail.api;

import org.jspecify.annotations.NullMarked;
