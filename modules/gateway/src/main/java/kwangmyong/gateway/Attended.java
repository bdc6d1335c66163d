package kwangmyong.gateway;

/** What a {@link LoopDesk} looks after. */
interface Attended {
    /**
     * Whether the deadline of its present state has passed.
     *
     * @param now as {@link System#nanoTime}
     */
    boolean isExpired(long now);

    /** When that is, as {@link System#nanoTime}. */
    long expiresAt();

    /** Octets that wait for a client who does not read; 0 where it does. */
    long waiting();

    /** Others need the memory that waits for its client. */
    void tooSlow();

    /** Too long has passed. */
    void expire();

    /** The rules or the sessions have changed. */
    void redecide();

    void close();
}
