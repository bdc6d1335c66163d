package kwangmyong.web.http;

/** A request that gets an error page: its status, and at most one sentence for whoever sent it. No stack trace: hostile input is ordinary. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A refusal.
     *
     * @param status 400-599
     * @param message for the client; empty for the page's own words only
     */
    public Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
