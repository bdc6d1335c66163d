package kwangmyong.gateway;

import java.util.concurrent.TimeUnit;

/** Octets as a rate lets them pass, by the machine's clock: a second's worth at once, and then as time goes. One thread. */
final class Throttle {
    static final long PAUSE_MILLIS = 200;

    private final long rate;
    private final long began = System.nanoTime();
    private long sent;
    private boolean waiting;

    /** @param rate octets a second, 1 or more */
    Throttle(long rate) {
        this.rate = rate;
    }

    void sent(long octets) {
        sent += octets;
    }

    boolean hasRoom() {
        double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        return sent < rate * (seconds + 1);
    }

    /** Whether nobody waits yet; from here on somebody does. */
    boolean beginsToWait() {
        boolean begins = !waiting;
        waiting = true;
        return begins;
    }

    void hasWaited() {
        waiting = false;
    }
}
