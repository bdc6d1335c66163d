package kwangmyong.gateway;

/** What a {@link LoopDesk} looks after. */
interface Attended {
    /**
     * Whether the deadline of its present state has passed.
     *
     * @param now as {@link System#nanoTime}
     */
    boolean isExpired(long now);

    /** Too long has passed. */
    void expire();

    /** The rules or the sessions have changed. */
    void redecide();

    void close();
}
