/** SMTP (RFC 5321): mail comes in. The engine knows neither sockets nor disks; the session brings them to it. */
@NullMarked
package kwangmyong.mail.smtp;

import org.jspecify.annotations.NullMarked;
