package kwangmyong.gateway.http;

/** A message that is refused as it stands, with the status that says so. Expected from hostile peers, so it has no stack trace. */
public final class BadMessage extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A refusal.
     *
     * @param status what a client is answered; an upstream's bad message is 502 whatever it says
     * @param why one clause without a capital, for the page and the log
     */
    public BadMessage(int status, String why) {
        super(why, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** What was wrong, as one clause. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
