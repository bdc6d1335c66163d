package kwangmyong.access.store;

/** The store did not answer for as long as a change may wait. It comes back by itself; whoever asked may ask again. */
public final class StoreAwayException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** What whoever asked is told first. */
    public static final String SENTENCE = "the store is away";

    /** @param why in a few words */
    public StoreAwayException(String why) {
        super(SENTENCE + " (" + why + "); nothing was changed");
    }
}
