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
        this.metCheckpoint = checkpoint != null && checkpoint.seq() == 0;
    }

    /** Moves to the next whole line; false when there is none. */
    boolean next() throws IOException {
        if (!scanner.next()) {
            return false;
        }
        lines++;
        Seal.Link link = seal.read(scanner.array(), scanner.from(), scanner.to());
        fault = fault(link);
        if (link != null) {
            last = new LineEncoder.Link(link.seq(), link.id());
            if (checkpoint != null && checkpoint.bytes() == scanner.end()) {
                metCheckpoint = link.holds() && link.id().equals(checkpoint.id()) && link.seq() == checkpoint.seq();
            }
        }
        return true;
    }

    private @Nullable String fault(Seal.@Nullable Link link) {
        if (link == null) {
            return "it does not have the form of a journal's line";
        }
        if (!link.holds()) {
            return "it was altered: its id does not fit what it says";
        }
        if (link.seq() <= last.seq()) {
            return "its number is " + link.seq() + " though that of the line before is " + last.seq();
        }
        if (link.seq() != last.seq() + 1) {
            long missing = link.seq() - last.seq() - 1;
            return "before it " + (missing == 1 ? "a line is" : missing + " lines are") + " missing: its number is "
                    + link.seq() + ", that of the line before " + last.seq();
        }
        return link.prev().equals(last.id()) ? null : "it does not follow the line before, which was altered or put in";
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
