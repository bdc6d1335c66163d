package kwangmyong.gateway.cache;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of permitted answers: heads in memory, bodies in a folder, the least recently used dropped first. One thread of its own touches
 * the disk; any thread may ask. When that thread cannot follow, nothing is kept and hosts are asked: nobody ever waits for it in a queue.
 */
public final class ResponseCache implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ResponseCache.class);
    private static final int QUEUE = 256;
    private static final int MAX_VARIANTS = 16;

    private final CacheConfig config;
    private final ThreadPoolExecutor disk;
    /** By use; guarded by itself. */
    private final Map<Key, List<Entry>> pages = new LinkedHashMap<>(16, 0.75f, true);

    private long octets;
    private long files;

    public ResponseCache(CacheConfig config) {
        this.config = config;
        this.disk = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
            Thread thread = new Thread(task, "kwm-cache");
            thread.setDaemon(true);
            return thread;
        });
        disk.allowCoreThreadTimeOut(true);
    }

    /**
     * Makes its folder, and empties it.
     *
     * @throws IOException when that cannot be done
     */
    public void open() throws IOException {
        Files.createDirectories(config.folder());
        try (var left = Files.newDirectoryStream(config.folder(), "*.body")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Which page: of one name, since another at the same address is another site. */
    public record Key(String host, int port, String path) {}

    /**
     * A fresh answer.
     *
     * @param head with its age
     */
    public record Hit(ResponseHead head, Path file, int octets) {}

    /** Whether this request and its answer concern the cache at all. */
    public boolean concerns(Key key, RequestHead request, Framing framing) {
        return config.covers(key.host()) && Storability.concerns(request, framing);
    }

    /** What may be served for a request that {@link #concerns} the cache and is permitted to {@code asker}; null for nothing. */
    public @Nullable Hit find(Key key, RequestHead request, String asker, Instant now) {
        Entry found = entry(key, request, asker);
        if (found == null || !found.freshness().isFresh(now)) {
            return null;
        }
        long lifetime = found.freshness().lifetime();
        return Storability.mayBeServed(request, found.freshness().age(now), lifetime)
                ? new Hit(found.headAt(now), found.body(), found.octets())
                : null;
    }

    private @Nullable Entry entry(Key key, RequestHead request, String asker) {
        synchronized (pages) {
            for (Entry entry : pages.getOrDefault(key, List.of())) {
                if (entry.matches(request, asker)) {
                    return entry;
                }
            }
            return null;
        }
    }

    /** Reads a hit's body and gives it to {@code then} on the cache's thread; null where it is gone or the disk is busy, possibly at once. */
    public void read(Hit hit, Consumer<byte @Nullable []> then) {
        submit(
                () -> {
                    byte[] body = null;
                    try {
                        body = Files.readAllBytes(hit.file());
                    } catch (IOException gone) {
                        log.debug("{} went before it was read", hit.file());
                    }
                    then.accept(body != null && body.length == hit.octets() ? body : null);
                },
                () -> then.accept(null));
    }

    /** Takes a permitted answer down as it passes; null where it may not be kept. */
    public @Nullable Recording record(
            Key key,
            RequestHead request,
            String asker,
            ResponseHead response,
            Framing framing,
            boolean knowsWhoAsks,
            Instant now) {
        if (!Storability.mayBeKept(request, response, framing, knowsWhoAsks)
                || !(framing instanceof Framing.Length length)
                || length.octets() > config.largest()) {
            return null;
        }
        Freshness freshness = Freshness.of(response, Directives.of(response.fields()), now);
        return freshness.isFresh(now)
                ? new Recording(key, request, asker, response, freshness, (int) length.octets())
                : null;
    }

    /** RFC 9111 §4.4: an unsafe request that was answered without an error changes what its URL stands for. */
    public void invalidate(Key key) {
        List<Entry> gone;
        synchronized (pages) {
            gone = pages.remove(key);
            if (gone != null) {
                gone.forEach(entry -> octets -= entry.size());
            }
        }
        drop(gone == null ? List.of() : gone);
    }

    /** One answer on its way past. One thread. */
    public final class Recording {
        private final Key key;
        private final RequestHead request;
        private final String asker;
        private final ResponseHead response;
        private final Freshness freshness;
        private final byte[] body;
        private int length;

        Recording(Key key, RequestHead request, String asker, ResponseHead response, Freshness freshness, int octets) {
            this.key = key;
            this.request = request;
            this.asker = asker;
            this.response = response;
            this.freshness = freshness;
            this.body = new byte[octets];
        }

        /** Copies a part; takes nothing over. */
        public void add(ByteBuf part) {
            int count = Math.min(part.readableBytes(), body.length - length);
            part.getBytes(part.readerIndex(), body, length, count);
            length += count;
        }

        /** All of it has passed. */
        public void end() {
            if (length == body.length) {
                submit(() -> keep(this), () -> log.debug("the disk is busy: {} is not kept", key));
            }
        }
    }

    private void keep(Recording whole) {
        Path file = config.folder().resolve(files++ + ".body");
        try {
            Files.write(file, whole.body);
        } catch (IOException full) {
            log.warn("the cache cannot write {}: {}", file, full.getMessage());
            drop(List.of(file));
            return;
        }
        Entry fresh = Entry.of(whole.request, whole.asker, whole.response, whole.freshness, file, whole.body.length);
        drop(put(whole.key, fresh));
    }

    /** What has to go for it. */
    private List<Entry> put(Key key, Entry fresh) {
        List<Entry> gone = new ArrayList<>();
        synchronized (pages) {
            List<Entry> variants = new ArrayList<>(pages.getOrDefault(key, List.of()));
            variants.removeIf(older -> {
                boolean replaced = fresh.replaces(older) || variants.size() - gone.size() >= MAX_VARIANTS;
                if (replaced) {
                    gone.add(older);
                }
                return replaced;
            });
            variants.add(fresh);
            pages.put(key, List.copyOf(variants));
            octets += fresh.size();
            Iterator<List<Entry>> eldest = pages.values().iterator();
            long released = gone.stream().mapToLong(Entry::size).sum();
            while (octets - released > config.octets() && eldest.hasNext()) {
                List<Entry> old = eldest.next();
                eldest.remove();
                gone.addAll(old);
                released += old.stream().mapToLong(Entry::size).sum();
            }
            octets -= released;
        }
        return gone;
    }

    private void drop(List<?> gone) {
        if (gone.isEmpty()) {
            return;
        }
        Runnable delete = () -> gone.forEach(each -> {
            try {
                Files.deleteIfExists(each instanceof Entry entry ? entry.body() : (Path) each);
            } catch (IOException stays) {
                log.warn("the cache cannot delete {}: {}", each, stays.getMessage());
            }
        });
        submit(delete, delete);
    }

    private void submit(Runnable work, Runnable otherwise) {
        try {
            disk.execute(work);
        } catch (RejectedExecutionException busyOrClosed) {
            otherwise.run();
        }
    }

    /** Octets kept at the moment. */
    public long octets() {
        synchronized (pages) {
            return octets;
        }
    }

    @Override
    public void close() {
        disk.shutdown();
    }
}
