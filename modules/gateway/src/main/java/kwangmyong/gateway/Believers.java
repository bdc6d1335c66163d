package kwangmyong.gateway;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Terminals that have lately taken the certificate shown for a host, as far as they are remembered. Any thread. */
final class Believers {
    private static final int MOST = 1_000;
    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** When they last did, the longest ago first. */
    private final Map<Key, Long> known = new LinkedHashMap<>();

    private record Key(InetAddress terminal, String host) {}

    synchronized void add(InetAddress terminal, String host) {
        Key key = new Key(terminal, host);
        known.remove(key);
        known.put(key, System.nanoTime());
        if (known.size() > MOST) {
            var eldest = known.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    synchronized boolean has(InetAddress terminal, String host) {
        Long at = known.get(new Key(terminal, host));
        return at != null && System.nanoTime() - at < LATELY_NANOS;
    }
}
