package kwangmyong.access.api;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal that may be growing: the lab's own chain and those of services that run as processes of their own, merged by time. Its calls
 * read files and may block; never call them from an event loop. Lines that were altered until they no longer read are passed over, which
 * {@link #verify} tells of. However long the journal, no call holds more of it than a block of lines and what it returns.
 */
public interface JournalView {
    /** Which way lines are read. */
    enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    /**
     * Opens the journal for reading what is in it now. To be closed by the caller. A journal that is not there yet has no lines.
     *
     * @param from where to begin; null for the beginning, or the end of it where the newest come first
     */
    Reading open(JournalQuery query, Order order, @Nullable JournalCursor from) throws IOException;

    /** Lines one by one. Used by one thread. */
    interface Reading extends AutoCloseable {
        /** The next line that is wanted; null when there is none left. */
        @Nullable
        JournalEntry next() throws IOException;

        /** The place that reading has come to: going on from there the same way gives what {@link #next} would. */
        JournalCursor position();

        @Override
        void close() throws IOException;
    }

    /** Hands over every line that {@code query} wants, oldest first. */
    default void read(JournalQuery query, Consumer<JournalEntry> sink) throws IOException {
        try (Reading reading = open(query, Order.OLDEST_FIRST, null)) {
            JournalEntry entry;
            while ((entry = reading.next()) != null) {
                sink.accept(entry);
            }
        }
    }

    /**
     * The newest lines that {@code query} wants, oldest first.
     *
     * @param most how many at most; that many are held in memory
     */
    default List<JournalEntry> last(JournalQuery query, int most) throws IOException {
        Deque<JournalEntry> newest = new ArrayDeque<>();
        try (Reading reading = open(query, Order.NEWEST_FIRST, null)) {
            JournalEntry entry;
            while (newest.size() < most && (entry = reading.next()) != null) {
                newest.addFirst(entry);
            }
        }
        return List.copyOf(newest);
    }

    /**
     * Some lines from a place on.
     *
     * @param from as for {@link #open}
     * @param most how many at most, 1 or more
     */
    default JournalPage page(JournalQuery query, Order order, @Nullable JournalCursor from, int most)
            throws IOException {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 or more)");
        }
        List<JournalEntry> entries = new ArrayList<>();
        try (Reading reading = open(query, order, from)) {
            JournalCursor begin = reading.position();
            JournalEntry entry;
            while (entries.size() < most && (entry = reading.next()) != null) {
                entries.add(entry);
            }
            JournalCursor end = reading.position();
            boolean more = entries.size() == most && reading.next() != null;
            return order == Order.OLDEST_FIRST
                    ? new JournalPage(entries, begin, end, more)
                    : new JournalPage(entries, end, begin, more);
        }
    }

    /** Waits for lines that are written from now on. To be closed by the caller. */
    Following follow(JournalQuery query) throws IOException;

    /**
     * Gives the lines behind {@code after}, then waits for those that are written: how to go on where a connection broke.
     * To be closed by the caller.
     */
    Following follow(JournalQuery query, JournalCursor after) throws IOException;

    /** Lines as they are written. Used by one thread. */
    interface Following extends AutoCloseable {
        /**
         * The next line that is wanted; null when none came within {@code wait}, or the thread was interrupted (its mark stays).
         *
         * @param wait by the machine's clock
         */
        @Nullable
        JournalEntry next(Duration wait) throws IOException;

        /** The place that following has come to: {@link JournalView#follow(JournalQuery, JournalCursor)} goes on from there. */
        JournalCursor position();

        @Override
        void close() throws IOException;
    }

    /**
     * Checks every line, the chains and the signed checkpoints, on all processors.
     *
     * @param progress told now and then, by any thread
     * @throws IOException when the files or the public key cannot be read
     */
    JournalCheck verify(Progress progress) throws IOException;

    /** As the other, telling nobody how far it is. */
    default JournalCheck verify() throws IOException {
        return verify(Progress.NONE);
    }

    /** How far a long work is. */
    @FunctionalInterface
    interface Progress {
        Progress NONE = (done, of) -> {};

        /**
         * Some more was done.
         *
         * @param done bytes of lines checked
         * @param of bytes of lines there are, or a little less where the journal grows
         */
        void tell(long done, long of);
    }
}
