package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Walks a journal's lines and says of each whether it follows the one before. */
final class ChainWalk {
    private final LineScanner scanner;
    private final Seal seal = new Seal();
    private final @Nullable Checkpoint checkpoint;
    private LineEncoder.Link last;
    private long lines;
    private @Nullable String fault;
    private boolean metCheckpoint;

    /**
     * @param from where the first line to look at begins
     * @param before the line before that
     * @param checkpoint whose line to watch for; null for none
     */
    ChainWalk(FileChannel channel, long from, LineEncoder.Link before, @Nullable Checkpoint checkpoint) {
        this.scanner = new LineScanner(channel, from);
        this.last = before;
        this.checkpoint = checkpoint;
        this.metCheckpoint = checkpoint != null
                && checkpoint.bytes() == 0
                && checkpoint.seq() == before.seq()
                && checkpoint.id().equals(before.id());
    }

    /** Moves to the next whole line; false when there is none. */
    boolean next() throws IOException {
        if (!scanner.next()) {
            return false;
        }
        lines++;
        Seal.Link link = seal.read(scanner.array(), scanner.from(), scanner.to());
        fault = Succession.fault(link, last);
        if (link != null) {
            last = new LineEncoder.Link(link.seq(), link.id());
            if (checkpoint != null && checkpoint.bytes() == scanner.end()) {
                metCheckpoint = link.holds() && link.id().equals(checkpoint.id()) && link.seq() == checkpoint.seq();
            }
        }
        return true;
    }

    /** What is wrong with the current line; null when it follows the one before. */
    @Nullable
    String fault() {
        return fault;
    }

    /** Lines walked so far. */
    long lines() {
        return lines;
    }

    /** The last line that had a line's form, as it says itself. */
    LineEncoder.Link last() {
        return last;
    }

    /** Where the current line begins in the file. */
    long offset() {
        return scanner.offset();
    }

    /** Where the lines walked so far end in the file. */
    long end() {
        return scanner.end();
    }

    boolean metCheckpoint() {
        return metCheckpoint;
    }
}
