/** SMTP, POP3 and IMAP over one store. It must not know how decisions are made, nor any other feature. */
@NullMarked
package kwangmyong.mail;

import org.jspecify.annotations.NullMarked;
