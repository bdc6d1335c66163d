package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Walks the lines of a file that another thread may be appending to. Holds one line and a read-ahead in memory, whatever the size of the file.
 * {@link #next} stops before a line that has no end yet; it may be called again once the file has grown.
 */
final class LineScanner {
    /** A line that is longer was not written by the lab: it is handed out in pieces of this size, none of which verifies. */
    static final int MAX_LINE_BYTES = 1 << 20;

    private static final int READ_BYTES = 1 << 16;

    private final FileChannel channel;
    private byte[] bytes = new byte[READ_BYTES];
    /** Where {@code bytes} begins in the file. */
    private long base;

    private int filled;
    private int from;
    private int to;
    private int following;

    LineScanner(FileChannel channel, long from) {
        this.channel = channel;
        this.base = from;
    }

    /** Moves to the next whole line; false when there is none (yet). */
    boolean next() throws IOException {
        int searched = following;
        while (true) {
            for (int i = searched; i < filled; i++) {
                boolean lineEnd = bytes[i] == '\n';
                if (lineEnd || i - following == MAX_LINE_BYTES) {
                    from = following;
                    to = i;
                    following = lineEnd ? i + 1 : i;
                    return true;
                }
            }
            searched = filled - following;
            moveToFront();
            if (!fill()) {
                return false;
            }
        }
    }

    byte[] array() {
        return bytes;
    }

    int from() {
        return from;
    }

    /** Exclusive, without the line end. */
    int to() {
        return to;
    }

    /** Where the current line begins in the file. */
    long offset() {
        return base + from;
    }

    /** Where the next line begins in the file; where one without an end begins when {@link #next} said false. */
    long end() {
        return base + following;
    }

    private void moveToFront() {
        System.arraycopy(bytes, following, bytes, 0, filled - following);
        filled -= following;
        base += following;
        following = 0;
        from = 0;
        to = 0;
    }

    private boolean fill() throws IOException {
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2); // ends at twice the longest line
        }
        int read = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled), base + filled);
        if (read <= 0) {
            return false;
        }
        filled += read;
        return true;
    }
}
