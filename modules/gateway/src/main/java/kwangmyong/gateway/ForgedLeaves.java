package kwangmyong.gateway;

import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.net.tls.Authority;
import kwangmyong.net.tls.ServerCredential;

/**
 * Certificates for names that come by, made on first use on a thread of their own and kept: so many of them, the least recently used dropped
 * first. Never on disk, since whoever finds one there could be that host. Any thread.
 */
final class ForgedLeaves implements AutoCloseable {
    /** How many are kept. */
    static final int MOST = 1_000;

    /** A day is far from the end of any certificate's life, however long the gateway runs. */
    private static final long KEPT_NANOS = Duration.ofHours(24).toNanos();

    private static final int SESSIONS_RESUMED = 100;

    private final Authority authority;
    private final int most;
    private final Map<Key, Leaf> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final ExecutorService making = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "kwm-gateway-leaves");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * None yet.
     *
     * @param most how many are kept, 1 or more
     */
    ForgedLeaves(Authority authority, int most) {
        this.authority = authority;
        this.most = most;
    }

    private record Key(String host, boolean streams) {}

    private record Leaf(CompletableFuture<SslContext> context, long since) {}

    /**
     * TLS for a server that passes for {@code host}; completes on any thread, and fails once this is closed.
     *
     * @param host a name in lower case, or an address
     * @param streams whether HTTP/2 is offered beside HTTP/1.1
     */
    CompletableFuture<SslContext> of(String host, boolean streams) {
        Key key = new Key(host, streams);
        synchronized (kept) {
            Leaf known = kept.get(key);
            long now = System.nanoTime();
            if (known != null && now - known.since() < KEPT_NANOS) {
                return known.context();
            }
            CompletableFuture<SslContext> fresh = begin(key);
            kept.put(key, new Leaf(fresh, now));
            if (kept.size() > most) {
                var eldest = kept.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
            return fresh;
        }
    }

    /** How many are kept at the moment. */
    int size() {
        synchronized (kept) {
            return kept.size();
        }
    }

    private CompletableFuture<SslContext> begin(Key key) {
        try {
            return CompletableFuture.supplyAsync(() -> make(key), making);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    private SslContext make(Key key) {
        boolean numeric = Addresses.isNumeric(key.host());
        List<String> names = numeric ? List.of() : List.of(key.host());
        List<InetAddress> addresses = numeric ? List.of(Addresses.parse(key.host())) : List.of();
        ServerCredential leaf = authority.issueUnkept(names, addresses);
        SslContext context = key.streams()
                ? leaf.nettyServer(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1)
                : leaf.nettyServer(ApplicationProtocolNames.HTTP_1_1);
        context.sessionContext().setSessionCacheSize(SESSIONS_RESUMED);
        return context;
    }

    @Override
    public void close() {
        making.shutdownNow();
    }
}
