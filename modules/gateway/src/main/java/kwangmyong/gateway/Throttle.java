package kwangmyong.gateway;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** Octets as a rate lets them pass, by the machine's clock: a second's worth at once, and then as time goes. One thread. */
final class Throttle {
    private static final long PAUSE_MILLIS = 200;

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

    /**
     * Whether more may pass now.
     *
     * @param onRoom called on the loop once it is worth asking again, where it may not; once for however many ask meanwhile
     */
    boolean hasRoom(EventLoop loop, Runnable onRoom) {
        double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        if (sent < rate * (seconds + 1)) {
            return true;
        }
        if (!waiting) {
            waiting = true;
            var unused = loop.schedule(() -> waited(onRoom), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private void waited(Runnable onRoom) {
        waiting = false;
        onRoom.run();
    }
}
