/** Messages on disk, one directory a mailbox, in the Maildir form. It must not know any protocol, nor who may write or read. */
@NullMarked
package kwangmyong.mail.store;

import org.jspecify.annotations.NullMarked;
