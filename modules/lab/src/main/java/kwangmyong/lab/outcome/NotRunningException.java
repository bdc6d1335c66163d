package kwangmyong.lab.outcome;

/** No lab runs, or it is not ready: one message for the person who asked it something, and exit status 3. */
public final class NotRunningException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotRunningException(String message) {
        super(message, null, false, false);
    }
}
