package kwangmyong.mail.store;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Work that blocks on a disk. */
@FunctionalInterface
interface DiskWork<T> {
    T run() throws IOException;

    /** Work that yields nothing. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }

    /** As {@link #on(Executor, DiskWork)}. */
    static CompletableFuture<Void> doing(Executor disk, Task task) {
        return on(disk, () -> {
                    task.run();
                    return true;
                })
                .thenAccept(done -> {});
    }

    /** Runs {@code work} on {@code disk}; completes exceptionally with what it threw, or with an {@link IOException} when the disk has too much to do. */
    static <T> CompletableFuture<T> on(Executor disk, DiskWork<T> work) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        try {
            disk.execute(() -> {
                try {
                    outcome.complete(work.run());
                } catch (IOException | RuntimeException failed) {
                    outcome.completeExceptionally(failed);
                }
            });
        } catch (RejectedExecutionException overloaded) {
            outcome.completeExceptionally(new IOException("the disk has too much to do", overloaded));
        }
        return outcome;
    }
}
