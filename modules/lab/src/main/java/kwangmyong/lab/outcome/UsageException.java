package kwangmyong.lab.outcome;

/** The command or the configuration is wrong: one message for the person who typed it, and exit status 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message, null, false, false);
    }
}
