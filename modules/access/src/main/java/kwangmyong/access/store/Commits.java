package kwangmyong.access.store;

/** How many transactions a store has made since it was opened, and how long they took. One thread at a time adds; any may read. */
final class Commits {
    private volatile long count;
    private volatile long nanos;
    private volatile long lastNanos;

    @SuppressWarnings("NonAtomicVolatileUpdate") // nobody else adds
    void made(long tookNanos) {
        count++;
        nanos += tookNanos;
        lastNanos = tookNanos;
    }

    long count() {
        return count;
    }

    long nanos() {
        return nanos;
    }

    long lastNanos() {
        return lastNanos;
    }
}
