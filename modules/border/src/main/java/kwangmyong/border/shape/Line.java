package kwangmyong.border.shape;

import kwangmyong.border.api.Condition;

/** One direction of a way under a {@link Condition}: a token bucket without a burst, then chance, then delay. Times are nanoseconds. */
public final class Line {
    /** The packet is lost by chance. */
    public static final long LOST = -1;

    /** Too many wait for the rate already. */
    public static final long FULL = -2;

    /** What would wait longer for its turn is dropped. */
    static final long LONGEST_WAIT = 250_000_000L;

    /** But so many octets may always wait: a few packets, however slow the rate. */
    static final int ALWAYS_WAIT = 24_000;

    private static final double BITS_IN_NANOS = 8e9;

    private long delay;
    private long jitter;
    private double loss;
    private double nanosPerOctet;
    private long longestWait;
    /** When the last packet that was taken has left the rate's queue. */
    private long busyUntil;
    /** When the last packet arrives at the far end; the next does not before. */
    private long lastArrival;

    /** From now on; packets that are on the way are not touched. */
    public void set(Condition condition) {
        delay = condition.delay().toNanos();
        jitter = condition.jitter().toNanos();
        loss = condition.loss();
        nanosPerOctet = condition.rate() == 0 ? 0 : BITS_IN_NANOS / condition.rate();
        longestWait = Math.max(LONGEST_WAIT, (long) (ALWAYS_WAIT * nanosPerOctet));
    }

    /** Forgets the packets that passed. */
    public void reset() {
        busyUntil = 0;
        lastArrival = 0;
    }

    /**
     * When a packet arrives at the far end; {@link #LOST} or {@link #FULL} when it does not.
     *
     * @param now when it comes, 0 or more
     * @param roll its chance
     */
    public long arrival(long now, int octets, long roll) {
        long leaves = now;
        if (nanosPerOctet > 0) {
            long begins = Math.max(now, busyUntil);
            if (begins - now > longestWait) {
                return FULL;
            }
            leaves = begins + (long) (octets * nanosPerOctet);
            busyUntil = leaves;
        }
        if (loss > 0 && Dice.share(roll) < loss) {
            return LOST;
        }
        long spread = jitter == 0 ? 0 : (long) ((2 * Dice.share(Dice.roll(roll, 1)) - 1) * jitter);
        lastArrival = Math.max(lastArrival, leaves + delay + spread);
        return lastArrival;
    }
}
