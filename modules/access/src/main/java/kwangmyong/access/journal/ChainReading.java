package kwangmyong.access.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import kwangmyong.access.api.JournalEntry;
import org.jspecify.annotations.Nullable;

/** Reads the wanted lines of one chain, either way. Used by one thread. */
final class ChainReading implements Closeable {
    private final Chain chain;
    private final Wish wish;
    private final boolean backward;
    private final SegmentFolder.Look look;
    private final long least;
    private final long most;
    /** Which file comes next: closed ones by their place in the list, the live one behind them. */
    private int file;

    private @Nullable Blocks blocks;
    private boolean hasBlock;
    private int edge;
    private long position;
    /** Whether the live file has been opened as the current one. */
    private boolean isInLive;

    private ChainReading(Chain chain, Wish wish, boolean backward, SegmentFolder.Look look, long least, long most) {
        this.chain = chain;
        this.wish = wish;
        this.backward = backward;
        this.look = look;
        this.least = least;
        this.most = most;
        this.file = backward ? look.closed().size() : 0;
        this.position = backward ? most : least - 1;
    }

    /** Lines behind the one numbered {@code after}, in order. */
    static ChainReading forward(Chain chain, Wish wish, long after) throws IOException {
        return new ChainReading(chain, wish, false, chain.files().look(), after + 1, Long.MAX_VALUE);
    }

    /** Lines from the one numbered {@code from} back to the first. */
    static ChainReading backward(Chain chain, Wish wish, long from) throws IOException {
        return new ChainReading(chain, wish, true, chain.files().look(), 1, from);
    }

    /** The number of the last whole line that there is now; 0 when there is none. */
    static long end(Chain chain) throws IOException {
        try (SegmentFolder.Look look = chain.files().look()) {
            if (look.live() != null) {
                LineEncoder.Link last = LastLine.of(PlainBlocks.backward(look.live()));
                if (last != null) {
                    return last.seq();
                }
            }
            List<Segment> closed = look.closed();
            if (closed.isEmpty()) {
                return 0;
            }
            Segment latest = closed.get(closed.size() - 1);
            Optional<SegmentEnd> end = chain.end(latest);
            return end.isPresent() ? end.get().last() : LastLine.of(latest).seq();
        }
    }

    /** The next line that is wanted; null when there is none (yet, in the live file). */
    @Nullable
    JournalEntry next() throws IOException {
        while (true) {
            while (hasBlock) {
                JournalEntry entry = inBlock();
                if (entry != null) {
                    return entry;
                }
            }
            if (!nextBlock() && !nextFile()) {
                return null;
            }
        }
    }

    private @Nullable JournalEntry inBlock() {
        Blocks current = Objects.requireNonNull(blocks);
        byte[] bytes = current.array();
        while (backward ? edge > current.from() : edge < current.to()) {
            int from = edge;
            int to = edge;
            if (backward) {
                to = bytes[edge - 1] == '\n' ? edge - 1 : edge;
                from = to;
                while (from > current.from() && bytes[from - 1] != '\n') {
                    from--;
                }
                edge = from;
            } else {
                while (to < current.to() && bytes[to] != '\n') {
                    to++;
                }
                edge = to + 1;
            }
            JournalEntry entry = consider(bytes, from, to);
            if (entry != null) {
                return entry;
            }
        }
        hasBlock = false;
        return null;
    }

    /** A line, if it is wanted. One that says no number was altered; it is for the check of the chain. */
    private @Nullable JournalEntry consider(byte[] bytes, int from, int to) {
        long seq = seq(bytes, from, to);
        if (seq < least || seq > most) {
            return null;
        }
        position = backward ? seq - 1 : seq;
        return wish.read(bytes, from, to).orElse(null);
    }

    private static long seq(byte[] bytes, int from, int to) {
        int at = from + Seal.SEQ.length();
        long seq = at < to ? 0 : -1;
        int digits = 0;
        while (at < to && digits < 18 && bytes[at] >= '0' && bytes[at] <= '9') {
            seq = seq * 10 + bytes[at++] - '0';
            digits++;
        }
        return digits == 0 ? -1 : seq;
    }

    private boolean nextBlock() throws IOException {
        if (blocks == null) {
            return false;
        }
        while (true) {
            try {
                if (!blocks.next()) {
                    return false;
                }
                hasBlock = true;
                edge = backward ? blocks.to() : blocks.from();
                return true;
            } catch (Blocks.DamagedBlockException damaged) {
                // what a check of the chain tells of
            }
        }
    }

    /** Opens the next file that may have what is wanted; false when there is none. In the forward direction the live one stays open. */
    private boolean nextFile() throws IOException {
        if (isInLive && !backward) {
            return false;
        }
        int closed = look.closed().size();
        while (backward ? file >= 0 : file <= closed) {
            int place = file;
            file += backward ? -1 : 1;
            closeBlocks();
            blocks = place == closed ? live() : chain.blocks(look.closed().get(place), wish, backward, least, most);
            isInLive = place == closed;
            if (blocks != null) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Blocks live() throws IOException {
        FileChannel channel = look.live();
        if (channel == null) {
            return null;
        }
        return backward ? PlainBlocks.backward(channel) : PlainBlocks.forward(channel, 0);
    }

    private void closeBlocks() throws IOException {
        if (blocks != null) {
            blocks.close();
            blocks = null;
        }
    }

    /** Going forward, the number of the last line it has come to; backward, of the line that comes next. */
    long position() {
        return position;
    }

    /** The number that the live file gets when it is closed, as it was when this was opened. */
    int liveNumber() {
        return look.liveNumber();
    }

    /** Whether there was a live file. */
    boolean hasLive() {
        return look.live() != null;
    }

    @Override
    public void close() throws IOException {
        closeBlocks();
        look.close();
    }
}
