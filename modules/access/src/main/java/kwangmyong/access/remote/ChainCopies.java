package kwangmyong.access.remote;

import java.io.IOException;
import java.util.List;

/** Where the controller keeps the journals of services. Its calls wait for the disk: never from an event loop. */
public interface ChainCopies {
    /**
     * The copy of one process's journal, opened where it is there and made where it is not. To be closed by the caller.
     *
     * @throws IOException when the files cannot be used, or another connection of that process has it
     */
    Copy open(String process) throws IOException;

    /** Of one thread at a time. */
    interface Copy extends AutoCloseable {
        /** The number of the last line that is on disk; 0 where there is none. */
        long last();

        /**
         * Adds lines; on disk when it returns.
         *
         * @throws IOException when they do not follow on from the last, or cannot be written; none is added then
         */
        void add(List<String> lines) throws IOException;

        @Override
        void close() throws IOException;
    }
}
