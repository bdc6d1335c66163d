package kwangmyong.access.api;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who sat where, from when to when, what it cost and where they went: the book that a supervisor of a room keeps. Made from the journal. */
public interface LogBook {
    /** No book is kept. */
    LogBook NONE = new LogBook() {
        @Override
        public Optional<Bill> lastAt(String terminal) {
            return Optional.empty();
        }

        @Override
        public List<Bill> bills(Instant from, Instant until, int most) {
            return List.of();
        }

        @Override
        public List<Visited> visits(String terminal, Instant from, Instant until, int most) {
            return List.of();
        }
    };

    /**
     * The bill of the latest session that ended at a terminal, within the last day; never blocks.
     *
     * @param terminal a lab address
     */
    Optional<Bill> lastAt(String terminal);

    /**
     * The sessions that ended within a time, oldest first. Reads files: not for an event loop.
     *
     * @param from inclusive
     * @param until exclusive
     * @param most how many at most: the oldest of them
     */
    List<Bill> bills(Instant from, Instant until, int most) throws IOException;

    /**
     * Where somebody at a terminal has been within a time, the latest first. Reads files: not for an event loop.
     *
     * @param most how many hosts at most; further ones are left out
     */
    List<Visited> visits(String terminal, Instant from, Instant until, int most) throws IOException;
}
