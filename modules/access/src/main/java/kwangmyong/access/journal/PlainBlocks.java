package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Blocks of a file of lines, which may be growing. */
final class PlainBlocks implements Blocks {
    private final FileChannel channel;
    private final boolean isOwner;
    private final boolean backward;
    private final long begin;
    private byte[] bytes = {};
    private int from;
    private int to;
    private long offset;
    /** Forward: where the next block begins. Backward: where it ends. */
    private long edge;
    /** Where reading ends, forward; the file may have less. */
    private final long end;

    private boolean atLineEnd;

    private PlainBlocks(FileChannel channel, boolean isOwner, boolean backward, long begin, long end) {
        this.channel = channel;
        this.isOwner = isOwner;
        this.backward = backward;
        this.begin = begin;
        this.end = end;
        this.edge = backward ? end : begin;
    }

    /** From {@code begin}, where a line begins, up to wherever the file ends when it is read; it may be asked again once the file has grown. */
    static PlainBlocks forward(FileChannel channel, long begin) {
        return new PlainBlocks(channel, true, false, begin, Long.MAX_VALUE);
    }

    /** From {@code begin} to {@code end}, at each of which a line begins; the channel is others' as well, and stays open. */
    static PlainBlocks between(FileChannel channel, long begin, long end) {
        return new PlainBlocks(channel, false, false, begin, end);
    }

    /** From the last whole line that there is now back to the first. */
    static PlainBlocks backward(FileChannel channel) throws IOException {
        return new PlainBlocks(channel, true, true, 0, channel.size());
    }

    @Override
    public boolean next() throws IOException {
        return backward ? previous() : following();
    }

    private boolean following() throws IOException {
        if (bytes.length == 0) {
            bytes = new byte[BYTES];
        }
        int filled = 0;
        while (true) {
            int wanted = (int) Math.min(bytes.length, end - edge);
            filled += read(edge + filled, filled, wanted);
            int lineEnd = lastLineEnd(filled);
            if (lineEnd > 0 || filled >= LineScanner.MAX_LINE_BYTES) {
                return give(0, lineEnd > 0 ? lineEnd : LineScanner.MAX_LINE_BYTES, edge, true);
            }
            if (filled < bytes.length) {
                return false; // a line that has no end yet, or nothing
            }
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }

    private boolean previous() throws IOException {
        int size = BYTES;
        while (edge > begin) {
            size = Math.max(size, BYTES);
            if (bytes.length < size) {
                bytes = new byte[size];
            }
            long start = Math.max(begin, edge - size);
            int filled = read(start, 0, (int) (edge - start));
            int lineEnd = atLineEnd ? filled : lastLineEnd(filled);
            if (lineEnd == 0) {
                edge = start; // behind the last line end there is nothing whole
                continue;
            }
            int first = start == begin ? 0 : firstLineBegin(lineEnd);
            if (first == lineEnd && size < LineScanner.MAX_LINE_BYTES) {
                size *= 2;
                continue;
            }
            atLineEnd = true;
            return give(first == lineEnd ? 0 : first, lineEnd, start, false);
        }
        return false;
    }

    /** Where the first line that begins in the buffer does so; {@code lineEnd} when none does. */
    private int firstLineBegin(int lineEnd) {
        for (int i = 0; i < lineEnd; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return lineEnd;
    }

    private int lastLineEnd(int filled) {
        for (int i = filled; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return 0;
    }

    private boolean give(int first, int last, long start, boolean forward) {
        from = first;
        to = last;
        offset = start + first;
        edge = forward ? start + last : offset;
        return true;
    }

    private int read(long position, int into, int upTo) throws IOException {
        int filled = into;
        while (filled < upTo) {
            int read = channel.read(ByteBuffer.wrap(bytes, filled, upTo - filled), position + filled - into);
            if (read <= 0) {
                break;
            }
            filled += read;
        }
        return filled - into;
    }

    @Override
    public byte[] array() {
        return bytes;
    }

    @Override
    public int from() {
        return from;
    }

    @Override
    public int to() {
        return to;
    }

    @Override
    public long offset() {
        return offset;
    }

    /** Bytes behind what was given, up to where it was to end. */
    long unfinished() {
        return end - edge;
    }

    @Override
    public void close() throws IOException {
        bytes = new byte[0];
        if (isOwner) {
            channel.close();
        }
    }
}
