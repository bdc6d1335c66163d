package kwangmyong.access.api;

/** An operation that cannot be done; the message is one sentence for the person who asked. */
public final class OperationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it cannot be done, for programs. */
    public enum Kind {
        /** What was asked for makes no sense here, or is not allowed. */
        REFUSED,
        /** There is no such thing. */
        MISSING,
        /** Something else stands in the way, and may not always. */
        CONFLICT
    }

    private final Kind kind;

    public OperationException(String message) {
        this(Kind.REFUSED, message);
    }

    public OperationException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** There is no such thing. */
    public static OperationException missing(String message) {
        return new OperationException(Kind.MISSING, message);
    }

    /** Something else stands in the way. */
    public static OperationException conflict(String message) {
        return new OperationException(Kind.CONFLICT, message);
    }

    public Kind kind() {
        return kind;
    }
}
