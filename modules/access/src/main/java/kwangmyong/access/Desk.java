package kwangmyong.access;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Store;
import kwangmyong.access.store.StoreException;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;

/**
 * Where everything is changed, one thing at a time on one thread of its own, which may wait for the disk: the journal first, then the table,
 * then the store, then the answer. What the store does not keep is undone, and whoever asked is told so.
 */
final class Desk {
    private static final long FORCE_WITHIN_SECONDS = 30;

    private final Executor thread;
    private final Journal journal;
    private final LabClock clock;
    private final Store store;
    private final List<Keeper> keepers;
    private final Runnable tell;

    /**
     * @param keepers whose changes go to the store together
     * @param tell calls those who want to know that a decision may have changed
     */
    Desk(Executor thread, Journal journal, LabClock clock, Store store, List<Keeper> keepers, Runnable tell) {
        this.thread = thread;
        this.journal = journal;
        this.clock = clock;
        this.store = store;
        this.keepers = List.copyOf(keepers);
        this.tell = tell;
    }

    <T> CompletableFuture<T> submit(Callable<T> change) {
        var done = new CompletableFuture<T>();
        try {
            thread.execute(() -> {
                try {
                    done.complete(change.call());
                } catch (StoreException notKept) {
                    done.completeExceptionally(new OperationException(String.valueOf(notKept.getMessage())));
                } catch (Exception failure) {
                    done.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException stopped) {
            done.completeExceptionally(new IllegalStateException("the access controller has stopped", stopped));
        }
        return done;
    }

    /**
     * Waits until an event is on disk. On the desk's thread only.
     *
     * @throws StoreException when what it announces could not be kept
     */
    void force(Event event) {
        store.ready();
        journal.force(event)
                .toCompletableFuture()
                .orTimeout(FORCE_WITHIN_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /**
     * Keeps what has changed, all of it or nothing, and tells. On the desk's thread only.
     *
     * @throws StoreException when it cannot be kept; then nothing has changed
     */
    void saveAndTell() {
        try {
            store.commit(changes());
            keepers.forEach(Keeper::settled);
        } catch (StoreException notKept) {
            keepers.forEach(Keeper::undo);
            journal.record(new Event(
                    clock.now(),
                    Layer.CONSOLE,
                    null,
                    "undone",
                    "store",
                    null,
                    String.valueOf(notKept.getMessage()),
                    0));
            throw notKept;
        } finally {
            tell.run();
        }
    }

    /** As {@link #saveAndTell}, for what the clock has brought about: it stands, and is kept as soon as anything can be. */
    void saveLaterAndTell() {
        store.later(changes());
        keepers.forEach(Keeper::settled);
        tell.run();
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        keepers.forEach(keeper -> changes.addAll(keeper.changes()));
        return changes;
    }
}
