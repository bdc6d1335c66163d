package kwangmyong.access.journal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those who wait for lines, on a thread of its own that they may not hold up. */
final class Teller {
    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread told = new Thread(task, "kwm-journal-told");
        told.setDaemon(true);
        return told;
    });

    /** @param failure why their lines are not on the disk; null when they are */
    void tell(List<CompletableFuture<Void>> waiting, @Nullable Exception failure) {
        if (waiting.isEmpty()) {
            return;
        }
        List<CompletableFuture<Void>> told = List.copyOf(waiting);
        thread.execute(() -> {
            for (CompletableFuture<Void> one : told) {
                if (failure == null) {
                    one.complete(null);
                } else {
                    one.completeExceptionally(failure);
                }
            }
        });
    }

    void close(long withinMillis) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(withinMillis, TimeUnit.MILLISECONDS)) {
            LOG.warn("some who wait for the journal were not told within {} ms", withinMillis);
        }
    }
}
