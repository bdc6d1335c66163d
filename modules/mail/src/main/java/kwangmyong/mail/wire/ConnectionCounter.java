package kwangmyong.mail.wire;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open connections, all and by address, and says when there are too many. Any thread may call it. */
public final class ConnectionCounter {
    private final int limit;
    private final int perAddress;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

    public ConnectionCounter(int limit, int perAddress) {
        this.limit = limit;
        this.perAddress = perAddress;
    }

    /** Counts one more, and whether there is room for it; {@link #left} follows in either case. */
    public boolean came(InetAddress address) {
        int total = all.incrementAndGet();
        int here = byAddress.merge(address, 1, Integer::sum);
        return total <= limit && here <= perAddress;
    }

    public void left(InetAddress address) {
        all.decrementAndGet();
        byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    int open() {
        return all.get();
    }
}
