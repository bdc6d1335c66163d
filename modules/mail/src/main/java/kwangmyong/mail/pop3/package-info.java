/** POP3 (RFC 1939): mail is fetched. The engine knows neither sockets nor disks; the session brings them to it. */
@NullMarked
package kwangmyong.mail.pop3;

import org.jspecify.annotations.NullMarked;
