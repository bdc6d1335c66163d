package kwangmyong.access.store;

/** Something could not be kept or read; the message is one sentence for whoever asked for it. What was kept before still is. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message) {
        super(message);
    }
}
