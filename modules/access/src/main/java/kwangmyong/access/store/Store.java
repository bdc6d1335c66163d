package kwangmyong.access.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what happens at run time. Reading answers from memory and never waits; any thread may read. What was committed is there after a {@code kill -9} and a power cut.
 */
public interface Store extends AutoCloseable {
    /** Everything of one kind, in no order. */
    <T extends Kept> List<T> all(Class<T> kind);

    <T extends Kept> Optional<T> find(Class<T> kind, String id);

    /**
     * Makes all of these changes or none; on disk when it returns. May wait for the disk, and a bounded time for a database that is away.
     *
     * @throws StoreAwayException when that time is over; none of them is made, now or later
     * @throws StoreException when they cannot be kept; none of them is made
     */
    void commit(List<Change> changes);

    /**
     * Tells beforehand whether a commit would be refused without waiting, so that nothing is begun that cannot be kept.
     *
     * @throws StoreAwayException when the store has been away for longer than a change may wait
     */
    void ready();

    /**
     * Makes changes that nobody waits for: in memory at once, on disk with the next commit or within a second, once the store is there. Never waits. For
     * what the clock alone would bring about again, such as the end of a session.
     */
    void later(List<Change> changes);

    /**
     * Writes everything that is kept, as of one moment, to a new file: one JSON object a line, the same whatever the database.
     *
     * @throws IOException when the file cannot be written
     */
    void dump(Path file) throws IOException;

    /** How it is doing. */
    Health health();

    /** Writes what waits and gives the database back. */
    @Override
    void close();

    /**
     * How a store is doing.
     *
     * @param what and where it is, without anything secret
     * @param away why it does not answer; null when it does
     * @param waiting changes that are not on disk yet
     * @param commits transactions since it was opened
     * @param commitNanos what they took together, by the machine's monotonic clock
     * @param lastCommitNanos what the latest took
     */
    record Health(
            String what, @Nullable String away, int waiting, long commits, long commitNanos, long lastCommitNanos) {}
}
