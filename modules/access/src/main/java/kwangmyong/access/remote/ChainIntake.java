package kwangmyong.access.remote;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a service's journal, one batch after the other: the next is asked for when the one before is on disk, so that no more than one is ever in
 * memory. After a break it goes on behind the last line on disk: none is lost, none is there twice.
 */
final class ChainIntake {
    private final ExecutorService disk;
    private final LongConsumer ask;
    private final Consumer<String> giveUp;
    private ChainCopies.@Nullable Copy copy;
    private boolean closed;

    /**
     * Begins with asking for what comes behind the last line that is there.
     *
     * @param disk of one thread, on which everything else happens
     * @param ask for the lines behind a number
     * @param giveUp told why nothing more is taken in
     */
    ChainIntake(ExecutorService disk, ChainCopies copies, String process, LongConsumer ask, Consumer<String> giveUp) {
        this.disk = disk;
        this.ask = ask;
        this.giveUp = giveUp;
        onDisk(() -> {
            ChainCopies.Copy opened = copies.open(process);
            copy = opened;
            ask.accept(opened.last());
        });
    }

    void take(List<String> lines) {
        onDisk(() -> {
            ChainCopies.Copy open = copy;
            if (open != null && !closed) {
                open.add(lines);
                ask.accept(open.last());
            }
        });
    }

    void close() {
        onDisk(() -> {
            closed = true;
            ChainCopies.Copy open = copy;
            copy = null;
            if (open != null) {
                open.close();
            }
        });
    }

    /** What waits for the disk. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private void onDisk(Work work) {
        try {
            disk.execute(() -> {
                try {
                    work.run();
                } catch (IOException failed) {
                    giveUp.accept(String.valueOf(failed.getMessage()));
                }
            });
        } catch (RejectedExecutionException stopping) {
            // the controller stops; what is on disk stays, and the service still has the rest
        }
    }
}
