package kwangmyong.access;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;

/**
 * Where everything is changed, one thing at a time on one thread of its own, which may wait for the disk: the journal first, then the table,
 * then the state file, then the answer.
 */
final class Desk {
    private static final long FORCE_WITHIN_SECONDS = 30;

    private final Executor thread;
    private final Journal journal;
    private final Runnable save;
    private final Runnable tell;

    /**
     * @param save writes the state durably
     * @param tell calls those who want to know that a decision may have changed
     */
    Desk(Executor thread, Journal journal, Runnable save, Runnable tell) {
        this.thread = thread;
        this.journal = journal;
        this.save = save;
        this.tell = tell;
    }

    <T> CompletableFuture<T> submit(Callable<T> change) {
        var done = new CompletableFuture<T>();
        try {
            thread.execute(() -> {
                try {
                    done.complete(change.call());
                } catch (Exception failure) {
                    done.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException stopped) {
            done.completeExceptionally(new IllegalStateException("the access controller has stopped", stopped));
        }
        return done;
    }

    /** Waits until an event is on disk. On the desk's thread only. */
    void force(Event event) {
        journal.force(event)
                .toCompletableFuture()
                .orTimeout(FORCE_WITHIN_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    void saveAndTell() {
        save.run();
        tell.run();
    }
}
