package kwangmyong.border.api;

import java.io.IOException;

/** A capture that is being written. */
public interface Capture extends AutoCloseable {
    /** Packets that are in the file, or on the way there. */
    long packets();

    /** Packets that are not, since the disk was too slow or the file is as large as it may be. */
    long missed();

    /**
     * Ends it; what was captured is in the file then. Does nothing the second time.
     *
     * @throws IOException when something could not be written; the file ends where that was
     */
    @Override
    void close() throws IOException;
}
