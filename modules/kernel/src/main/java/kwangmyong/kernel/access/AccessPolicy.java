package kwangmyong.kernel.access;

/**
 * The one decision that every layer shares. It answers from the snapshot in force at the moment of asking, in well under a microsecond,
 * without locks; it may be called from any thread, event loops included.
 */
public interface AccessPolicy {
    Decision decide(Access access);

    /**
     * Has {@code listener} called after anything that may change a decision: rules reloaded, a grant given, ended or revoked, a session
     * begun or ended, an hour begun. It is called on a thread of the controller and must return at once.
     */
    Subscription onChange(Runnable listener);

    /** Ends a subscription; calling it twice does no harm. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
