package kwangmyong.gateway;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spare connections to hosts, newest first. One for one name is never used for another, even at the same address. One thread. */
final class UpstreamPool {
    private final int spares;
    private final long idleNanos;
    private final Map<Key, Deque<Spare>> table = new HashMap<>();

    UpstreamPool(GatewayConfig config) {
        this.spares = config.capacity().spares();
        this.idleNanos = config.timeouts().idle().toNanos();
    }

    /** Which host at which lab address. */
    record Key(String host, InetAddress address, int port, boolean secure) {}

    private record Spare(UpstreamConnection connection, long until) {}

    /** A host's place in the table stays until the next sweep, since its connection is mostly about to come back. */
    @Nullable
    UpstreamConnection take(Key key) {
        Deque<Spare> deque = table.get(key);
        if (deque == null) {
            return null;
        }
        Spare spare = deque.pollFirst();
        while (spare != null && !spare.connection().isUsable()) {
            spare = deque.pollFirst();
        }
        return spare == null ? null : spare.connection();
    }

    void give(UpstreamConnection connection) {
        Deque<Spare> deque = table.computeIfAbsent(connection.key(), key -> new ArrayDeque<>());
        if (deque.size() >= spares) {
            connection.close();
            return;
        }
        deque.addFirst(new Spare(connection, System.nanoTime() + idleNanos));
    }

    /** Drops what has closed or been idle too long. */
    void sweep(long now) {
        for (Iterator<Deque<Spare>> each = table.values().iterator(); each.hasNext(); ) {
            Deque<Spare> deque = each.next();
            deque.removeIf(spare -> {
                boolean over = spare.until() - now < 0 || !spare.connection().isUsable();
                if (over) {
                    spare.connection().close();
                }
                return over;
            });
            if (deque.isEmpty()) {
                each.remove();
            }
        }
    }

    void close() {
        table.values()
                .forEach(deque -> deque.forEach(spare -> spare.connection().close()));
        table.clear();
    }
}
