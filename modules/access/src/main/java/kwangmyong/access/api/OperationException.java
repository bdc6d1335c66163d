package kwangmyong.access.api;

/** An operation that cannot be done; the message is one sentence for the person who asked. */
public final class OperationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OperationException(String message) {
        super(message, null, false, false);
    }
}
