package kwangmyong.mail.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** There is no room for a message now; there may be later. */
public final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Of of;

    /** What is full. */
    public enum Of {
        MAILBOX,
        DISK
    }

    NoRoomException(Of of, @Nullable Throwable cause) {
        super(of == Of.MAILBOX ? "the mailbox is full" : "the disk is full", cause);
        this.of = of;
    }

    public Of of() {
        return of;
    }

    /** {@code failed} itself, or this when its message is that of ENOSPC or EDQUOT: the JDK tells them by nothing else. */
    static IOException when(IOException failed) {
        String reason = failed instanceof FileSystemException named ? named.getReason() : failed.getMessage();
        boolean full = reason != null
                && (reason.contains("No space left")
                        || reason.contains("quota exceeded")
                        || reason.contains("File too large"));
        return full ? new NoRoomException(Of.DISK, failed) : failed;
    }
}
