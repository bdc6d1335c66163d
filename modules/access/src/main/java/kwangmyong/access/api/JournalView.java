package kwangmyong.access.api;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal that may be growing. Its calls read files and may block; never call them from an event loop. Lines that were altered until they
 * no longer read are passed over, which {@link #verify} tells of.
 */
public interface JournalView {
    /** Hands over every line that {@code query} wants, oldest first. A journal that is not there yet has none. */
    void read(JournalQuery query, Consumer<JournalEntry> sink) throws IOException;

    /**
     * The newest lines that {@code query} wants, oldest first.
     *
     * @param most how many at most; that many are held in memory
     */
    List<JournalEntry> last(JournalQuery query, int most) throws IOException;

    /** Waits for lines that are written from now on. To be closed by the caller. */
    Following follow(JournalQuery query) throws IOException;

    /**
     * Checks every line, the chain and the signed checkpoint.
     *
     * @throws IOException when the files or the public key cannot be read
     */
    JournalCheck verify() throws IOException;

    /** Lines as they are written. Used by one thread. */
    interface Following extends AutoCloseable {
        /**
         * The next line that is wanted; null when none came within {@code wait}, or the thread was interrupted (its mark stays).
         *
         * @param wait by the machine's clock
         */
        @Nullable
        JournalEntry next(Duration wait) throws IOException;

        @Override
        void close() throws IOException;
    }
}
