package kwangmyong.access.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kwangmyong.access.api.JournalCursor;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a service's own journal to the controller, a batch whenever it asks for what comes behind a line. On a thread of its own, since reading waits for the disk. */
@SuppressWarnings("ReferenceEquality") // what is wanted is this one wish, not an equal one
final class ChainOutflow {
    private static final Logger log = LoggerFactory.getLogger(ChainOutflow.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final JournalView journal;
    private final RemoteLimits limits;
    private final Thread thread = new Thread(this::run, "kwm-outflow");
    private Wanted wanted = Wanted.NOTHING;
    private boolean closed;

    /** Lines behind a number, and who takes them. */
    private record Wanted(long after, Consumer<List<String>> taker) {
        static final Wanted NOTHING = new Wanted(-1, lines -> {});
    }

    ChainOutflow(JournalView journal, RemoteLimits limits) {
        this.journal = journal;
        this.limits = limits;
        thread.setDaemon(true);
        thread.start();
    }

    /** Gives {@code taker} the lines behind {@code after} once, as soon as there are any. What was wanted before is forgotten. */
    synchronized void want(long after, Consumer<List<String>> taker) {
        wanted = new Wanted(after, taker);
        notifyAll();
    }

    synchronized void nobody() {
        wanted = Wanted.NOTHING;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private synchronized Wanted next() throws InterruptedException {
        while (!closed && wanted == Wanted.NOTHING) {
            wait();
        }
        return wanted;
    }

    @SuppressWarnings("WaitNotInLoop") // whoever is woken early only looks early
    private synchronized boolean pause(Wanted still) throws InterruptedException {
        if (!closed && wanted == still) {
            wait(LOOK_AGAIN.toMillis());
        }
        return !closed;
    }

    private synchronized boolean isStill(Wanted asked) {
        if (wanted == asked) {
            wanted = Wanted.NOTHING;
            return true;
        }
        return false;
    }

    private void run() {
        try {
            boolean open = true;
            while (open) {
                Wanted asked = next();
                List<String> lines = asked == Wanted.NOTHING ? List.of() : behind(asked.after());
                if (!lines.isEmpty() && isStill(asked)) {
                    asked.taker().accept(lines);
                }
                open = lines.isEmpty() ? pause(asked) : !isClosed();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private List<String> behind(long after) {
        List<String> lines = new ArrayList<>();
        try (JournalView.Reading reading =
                journal.open(JournalQuery.ALL, JournalView.Order.OLDEST_FIRST, JournalCursor.of(after))) {
            int octets = 0;
            while (lines.size() < limits.batchLines() && octets < limits.batchOctets()) {
                JournalEntry entry = reading.next();
                if (entry == null) {
                    break;
                }
                lines.add(entry.json());
                octets += entry.json().getBytes(StandardCharsets.UTF_8).length;
            }
        } catch (IOException unreadable) {
            log.warn("this service's journal cannot be read for the controller: {}", unreadable.getMessage());
        }
        return lines;
    }
}
