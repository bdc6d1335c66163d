package kwangmyong.kernel.access;

import java.time.Instant;

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

    /**
     * Until when a decision made at {@code now}, by the lab's clock, would fall the same again, so long as no listener of {@link #onChange}
     * is called: the next hour, grant or session that begins or ends by itself. Exclusive. {@code now} itself where that is not known, so that
     * nothing may be remembered. Ask before the decision: what changes in between is told.
     */
    default Instant steadyUntil(Instant now) {
        return now;
    }

    /** Ends a subscription; calling it twice does no harm. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
