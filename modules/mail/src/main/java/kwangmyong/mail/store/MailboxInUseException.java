package kwangmyong.mail.store;

import java.io.IOException;

/** Another reader has the mailbox. */
public final class MailboxInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    MailboxInUseException() {
        super("another session is reading this mailbox");
    }

    /** Expected in daily use, and no fault of any code. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
