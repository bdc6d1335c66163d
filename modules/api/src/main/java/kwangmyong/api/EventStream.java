package kwangmyong.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import kwangmyong.access.api.JournalCursor;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import kwangmyong.web.http.Feed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines of the journal as server-sent events (WHATWG HTML §9.2). An event's id is a place in the journal, so that a reader who comes back with it
 * misses nothing. What one reader has not taken yet is bounded: the next lines are read from the file once the last are with the system. A reader who
 * takes nothing for too long is cut, after a last event that says from where to go on.
 */
final class EventStream implements Feed {
    static final String MEDIA_TYPE = "text/event-stream";

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final int LARGEST_WRITE = 32 * 1_024;
    private static final Duration LOOK_FOR_END = Duration.ofMillis(250);
    private static final String BEGIN = "retry: 2000\n: the journal, as it is written\n\n";
    private static final String HEARTBEAT = ": still here\n\n";

    private final JournalView journal;
    private final JournalQuery query;
    private final @Nullable JournalCursor from;
    private final ApiConfig.Limits limits;
    private final BooleanSupplier isAllowed;
    private final Consumer<EventStream> over;
    private volatile boolean stopped;

    /**
     * A stream that is not begun.
     *
     * @param isAllowed whether the reader may still read; asked before each write, and every quarter of a second when there is nothing to write
     * @param over told once when it has ended
     */
    EventStream(
            JournalView journal,
            JournalQuery query,
            @Nullable JournalCursor from,
            ApiConfig.Limits limits,
            BooleanSupplier isAllowed,
            Consumer<EventStream> over) {
        this.journal = journal;
        this.query = query;
        this.from = from;
        this.limits = limits;
        this.isAllowed = isAllowed;
        this.over = over;
    }

    @Override
    public void begin(Sink sink) {
        var thread = new Thread(() -> run(sink), "kwm-api-stream");
        thread.setDaemon(true);
        sink.closed().whenComplete((closed, failure) -> stopped = true);
        thread.start();
    }

    /** Ends it within a moment, its reader told. */
    void stop() {
        stopped = true;
    }

    private void run(Sink sink) {
        try (JournalView.Following lines = from == null ? journal.follow(query) : journal.follow(query, from)) {
            follow(sink, lines);
        } catch (IOException unreadable) {
            LOG.warn("a stream of events ended: {}", unreadable.toString());
            end(sink, "the journal cannot be read", null);
        } catch (ExecutionException gone) {
            LOG.debug("a reader of events is gone");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            sink.cut();
        } finally {
            over.accept(this);
        }
    }

    private void follow(Sink sink, JournalView.Following lines)
            throws IOException, ExecutionException, InterruptedException {
        JournalCursor told = lines.position();
        if (!write(sink, BEGIN + "id: " + told + "\n\n", told)) {
            return;
        }
        long silentSince = System.nanoTime();
        while (!stopped) {
            JournalEntry entry = lines.next(LOOK_FOR_END);
            if (!isAllowed.getAsBoolean()) {
                end(sink, "the token holds no longer", told);
                return;
            } else if (entry != null) {
                var text = new StringBuilder();
                while (entry != null) {
                    text.append("id: ")
                            .append(lines.position())
                            .append("\ndata: ")
                            .append(entry.jsonWithProcess());
                    text.append("\n\n");
                    entry = text.length() < LARGEST_WRITE ? lines.next(Duration.ZERO) : null;
                }
                if (!write(sink, text.toString(), told)) {
                    return;
                }
                told = lines.position();
                silentSince = System.nanoTime();
            } else if (System.nanoTime() - silentSince > limits.heartbeat().toNanos()) {
                if (!write(sink, HEARTBEAT, told)) {
                    return;
                }
                silentSince = System.nanoTime();
            }
        }
        end(sink, "the lab stops", told);
    }

    /** Sends text and waits until it is with the system; false when the reader took nothing for too long, and was cut. */
    private boolean write(Sink sink, String text, JournalCursor told) throws ExecutionException, InterruptedException {
        try {
            sink.write(text.getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException slow) {
            LOG.debug("a reader of events took nothing for {}", limits.patience());
            end(sink, "too slow: nothing was read for " + limits.patience().toSeconds() + " seconds", told);
            return false;
        }
    }

    /** A last event, for as long as the reader's patience again; then the connection goes. */
    private void end(Sink sink, String why, @Nullable JournalCursor told) {
        String data = Json.MAPPER.writeValueAsString(
                told == null ? Map.of("reason", why) : Map.of("reason", why, "resume", told.toString()));
        sink.write(("event: end\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        sink.end();
        try {
            sink.closed().toCompletableFuture().get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException stuck) {
            sink.cut();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            sink.cut();
        }
    }
}
