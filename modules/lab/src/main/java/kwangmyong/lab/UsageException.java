package kwangmyong.lab;

/** The command or the configuration is wrong: one message for the person who typed it, and exit status 2. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message, null, false, false);
    }
}
