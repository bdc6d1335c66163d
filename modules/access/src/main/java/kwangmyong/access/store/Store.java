package kwangmyong.access.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what happens at run time. Reading answers from memory and never waits, ended sessions apart; any thread may read. What was committed is there
 * after a {@code kill -9} and a power cut.
 */
public interface Store extends AutoCloseable {
    /** Everything of one kind, in no order. Of {@link Kept.Stay} nothing: there may be many, see {@link #stays}. */
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

    /** Ended sessions, latest end first. May wait as {@link #commit} does. */
    List<Kept.Stay> stays(StayQuery query);

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
     * Which ended sessions are asked for.
     *
     * @param subject null for everybody's
     * @param attachment null for everywhere
     * @param from ended then or later; null from the first on
     * @param before ended earlier than that; null up to the last
     * @param limit how many at most, 1 or more
     * @param offset how many of the latest are left out
     */
    record StayQuery(
            @Nullable String subject,
            @Nullable String attachment,
            @Nullable Instant from,
            @Nullable Instant before,
            int limit,
            int offset) {
        public StayQuery {
            if (limit < 1 || offset < 0) {
                throw new IllegalArgumentException(
                        "limit " + limit + ", offset " + offset + " (expected: 1 or more, 0 or more)");
            }
        }

        /** The latest of everybody's. */
        public static StayQuery latest(int limit) {
            return new StayQuery(null, null, null, null, limit, 0);
        }

        boolean matches(Kept.Stay stay) {
            return (subject == null || subject.equals(stay.subject()))
                    && (attachment == null || attachment.equals(stay.attachment()))
                    && (from == null || !stay.until().isBefore(from))
                    && (before == null || stay.until().isBefore(before));
        }
    }

    /**
     * How a store is doing.
     *
     * @param what and where it is, without anything secret
     * @param away why it does not answer; null when it does
     * @param waiting changes that are not on disk yet
     * @param commits transactions since it was opened
     * @param lastCommitMicros how long the latest took, measured
     */
    record Health(String what, @Nullable String away, int waiting, long commits, long lastCommitMicros) {}
}
