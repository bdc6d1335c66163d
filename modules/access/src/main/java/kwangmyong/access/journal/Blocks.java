package kwangmyong.access.journal;

import java.io.Closeable;
import java.io.IOException;

/**
 * The lines of one file, a stretch of whole ones at a time, one stretch in memory. A stretch that does not end with a line end is a piece of a line
 * that is longer than any of the lab's.
 */
interface Blocks extends Closeable {
    /** About how many bytes of lines a block has. */
    int BYTES = 1 << 18;

    /**
     * Moves to the next block; false when there is none (yet).
     *
     * @throws DamagedBlockException when the next one cannot be read, which the one after it may
     */
    boolean next() throws IOException;

    byte[] array();

    int from();

    /** Exclusive. */
    int to();

    /** Where the block begins among the bytes of all lines of the file. */
    long offset();

    @Override
    void close() throws IOException;

    /** A block that somebody, or a disk, altered. */
    final class DamagedBlockException extends IOException {
        private static final long serialVersionUID = 1;

        DamagedBlockException(String why) {
            super(why);
        }
    }
}
