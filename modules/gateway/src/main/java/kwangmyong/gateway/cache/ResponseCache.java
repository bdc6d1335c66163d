package kwangmyong.gateway.cache;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
    private static final long CLOSE_WITHIN_SECONDS = 5;
    private static final Logger log = LoggerFactory.getLogger(ResponseCache.class);
    private static final int QUEUE = 1_024;
    /** Octets of all answers that are being taken down: they are in memory until they are whole. */
    private static final long MOST_RECORDED = 16 << 20;

    private final CacheConfig config;
    private final ThreadPoolExecutor disk;
    private final Pages pages;
    private final AtomicLong recording = new AtomicLong();
    private long files;

    public ResponseCache(CacheConfig config) {
        this.config = config;
        this.pages = new Pages(config.octets());
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
    public record Key(String scheme, String host, int port, String path) {}

    /** What is known of a page that is asked for. */
    public sealed interface Known {
        /** Nothing. */
        record Nothing() implements Known {}

        /** An answer that may be given now. */
        record Fresh(Hit hit) implements Known {}

        /**
         * An answer that the host has to be asked about first.
         *
         * @param request to be sent to the host in the place of the client's
         */
        record Stale(Entry entry, RequestHead request) implements Known {}
    }

    private static final Known NOTHING = new Known.Nothing();

    /**
     * An answer out of what is kept.
     *
     * @param head with its age and length
     * @param file where its body is
     * @param from the first octet of that file that belongs to it
     * @param octets of its body
     * @param measured whether it has a body, be it empty
     */
    public record Hit(ResponseHead head, Path file, long from, int octets, boolean measured) {}

    /** Whether this request and its answer concern the cache at all. */
    public boolean concerns(Key key, RequestHead request, Framing framing) {
        return config.covers(key.host()) && Storability.concerns(request, framing);
    }

    /** What is known for a request that {@link #concerns} the cache and is permitted to {@code asker}. */
    public Known find(Key key, RequestHead request, String asker, Instant now) {
        Entry found = pages.find(key, request, asker);
        if (found == null) {
            return NOTHING;
        }
        Freshness freshness = found.freshness();
        if (freshness.isFresh(now) && Storability.mayBeServed(request, freshness.age(now), freshness.lifetime())) {
            return new Known.Fresh(Selection.of(found, request, now));
        }
        RequestHead validating = Selection.validating(found, request);
        return validating == null ? NOTHING : new Known.Stale(found, validating);
    }

    /** The host has said that what is kept still holds: what the client is given of it. */
    public Hit refresh(Key key, Known.Stale stale, RequestHead request, ResponseHead notModified, Instant now) {
        Entry newer = stale.entry().refreshed(notModified, now);
        drop(pages.put(key, newer));
        return Selection.of(newer, request, now);
    }

    /**
     * Reads a piece of a hit's body and gives it to {@code then} on the cache's thread; null where it is gone or the disk is busy, possibly at once.
     *
     * @param at where in the hit's body it begins
     */
    public void read(Hit hit, int at, int count, Consumer<byte @Nullable []> then) {
        submit(
                () -> {
                    byte[] piece = null;
                    try (RandomAccessFile file = new RandomAccessFile(hit.file().toFile(), "r")) {
                        byte[] whole = new byte[count];
                        file.seek(hit.from() + at);
                        file.readFully(whole);
                        piece = whole;
                    } catch (IOException gone) {
                        log.debug("{} went before it was read", hit.file());
                    }
                    then.accept(piece);
                },
                () -> then.accept(null));
    }

    /** Takes a permitted answer down as it passes; null where it may not be kept. The caller ends or drops it. */
    public @Nullable Recording record(
            Key key,
            RequestHead request,
            String asker,
            ResponseHead response,
            Framing framing,
            boolean knowsWhoAsks,
            Instant now) {
        if (!Storability.mayBeKept(request, response, framing, knowsWhoAsks)
                || (framing instanceof Framing.Length length && length.octets() > config.largest())) {
            return null;
        }
        Freshness freshness = Freshness.of(response, Directives.of(response.fields()), now);
        boolean canBeValidated = !response.fields().all("etag").isEmpty()
                || !response.fields().all("last-modified").isEmpty();
        return freshness.isFresh(now) || canBeValidated
                ? new Recording(key, request, asker, response, freshness)
                : null;
    }

    /** RFC 9111 §4.4: an unsafe request that was answered without an error changes what its URL stands for. */
    public void invalidate(Key key) {
        drop(pages.remove(key));
    }

    /** Forgets every answer. */
    public void clear() {
        drop(pages.clear());
    }

    /** One answer on its way past, at most as large as the configuration says. One thread. */
    public final class Recording {
        private final Key key;
        private final RequestHead request;
        private final String asker;
        private final ResponseHead response;
        private final Freshness freshness;
        private @Nullable ByteArrayOutputStream body = new ByteArrayOutputStream();

        Recording(Key key, RequestHead request, String asker, ResponseHead response, Freshness freshness) {
            this.key = key;
            this.request = request;
            this.asker = asker;
            this.response = response;
            this.freshness = freshness;
        }

        /** Copies a part; takes nothing over. */
        public void add(ByteBuf part) {
            ByteArrayOutputStream taking = body;
            if (taking == null) {
                return;
            }
            int count = part.readableBytes();
            if (recording.addAndGet(count) > MOST_RECORDED || taking.size() + count > config.largest()) {
                recording.addAndGet(-count);
                drop();
                return;
            }
            byte[] copied = new byte[count];
            part.getBytes(part.readerIndex(), copied);
            taking.write(copied, 0, count);
        }

        /** It will not be kept after all. */
        public void drop() {
            ByteArrayOutputStream given = body;
            body = null;
            if (given != null) {
                recording.addAndGet(-given.size());
            }
        }

        /** All of it has passed. */
        public void end() {
            ByteArrayOutputStream whole = body;
            if (whole != null) {
                byte[] octets = whole.toByteArray();
                drop();
                submit(() -> keep(this, octets), () -> log.debug("the disk is busy: {} is not kept", key));
            }
        }
    }

    private void keep(Recording whole, byte[] octets) {
        Path file = config.folder().resolve(files++ + ".body");
        try {
            Files.write(file, octets);
        } catch (IOException full) {
            log.warn("the cache cannot write {}: {}", file, full.getMessage());
            drop(List.of(file));
            return;
        }
        Entry fresh = Entry.of(whole.request, whole.asker, whole.response, whole.freshness, file, octets.length);
        drop(pages.put(whole.key, fresh));
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
        return pages.octets();
    }

    /** Waits for what is being written, so that nothing is when it returns. */
    @Override
    public void close() {
        disk.shutdown();
        try {
            if (!disk.awaitTermination(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                log.warn("the cache's disk did not come to rest within {} s", CLOSE_WITHIN_SECONDS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
