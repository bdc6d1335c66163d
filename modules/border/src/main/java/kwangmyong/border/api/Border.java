package kwangmyong.border.api;

import java.io.IOException;
import java.nio.file.Path;

/** A running border. Any thread may call it; each call waits for the packets' thread, some microseconds. */
public interface Border {
    /**
     * Forgets everything: flows, packets that are held up, counts, numbers of decisions. Conditions stay. Connections that were open are
     * decided anew when their next packet comes.
     *
     * @param seed of loss and jitter: the same seed loses the same packets of the same flows
     */
    void reset(long seed);

    /** Sets the condition of the link to the world, from now on; packets that are held up stay so. */
    void condition(Condition condition);

    /**
     * Sets the condition of one attachment, on top of the link's.
     *
     * @param attachment by name
     * @throws IllegalArgumentException when the lab has no such attachment
     */
    void condition(String attachment, Condition condition);

    /**
     * Writes what passes to a file, as pcapng, until it is closed.
     *
     * @param most octets of the file; what would go past is counted and not written
     * @throws IOException when the file cannot be made
     */
    Capture capture(Path file, long most) throws IOException;

    /** What it has seen since it began, or was reset. */
    BorderView view();
}
