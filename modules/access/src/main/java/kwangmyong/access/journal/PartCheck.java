package kwangmyong.access.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalCheck.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Checks a stretch of one file: that every line in it holds and follows the one before. What the first follows is only known to whoever checks the
 * stretch before, and is kept for {@link ChainCheck} to compare.
 */
final class PartCheck {
    private final String file;
    private final long checkpointEnd;
    private final SealCheck check = new SealCheck();
    private final Seal seal = new Seal();
    private final List<Fault> faults = new ArrayList<>();

    private Seal.@Nullable Link first;
    private long firstLine;
    private LineEncoder.@Nullable Link last;
    private LineEncoder.@Nullable Link atCheckpoint;
    private boolean lastHolds;
    private long lines;
    private long faultsInAll;
    private long end;

    /**
     * @param file as it is called in faults
     * @param checkpointEnd where in the file the line ends that a checkpoint names; -1 when none does
     */
    PartCheck(String file, long checkpointEnd) {
        this.file = file;
        this.checkpointEnd = checkpointEnd;
    }

    /** @param progress told of each block's bytes */
    void run(Blocks blocks, LongConsumer progress) throws IOException {
        boolean more = true;
        while (more) {
            try {
                more = blocks.next();
                if (more) {
                    block(blocks);
                    progress.accept(blocks.to() - blocks.from());
                }
            } catch (Blocks.DamagedBlockException damaged) {
                add(lines + 1, damaged.getMessage() + "; the lines in it cannot be read");
            }
        }
    }

    private void block(Blocks blocks) {
        byte[] bytes = blocks.array();
        int at = blocks.from();
        int to = blocks.to();
        long base = blocks.offset() - at;
        while (at < to) {
            int lineEnd = at;
            while (lineEnd < to && bytes[lineEnd] != '\n') {
                lineEnd++;
            }
            line(bytes, at, lineEnd);
            at = lineEnd + 1;
            end = base + Math.min(at, to);
            if (end == checkpointEnd) {
                atCheckpoint = lastHolds ? check.link() : null;
            }
        }
    }

    private void line(byte[] bytes, int from, int to) {
        lines++;
        if (last != null && check.follows(bytes, from, to)) {
            lastHolds = true;
            return;
        }
        Seal.Link link = seal.read(bytes, from, to);
        if (link != null && last == null) {
            first = link;
            firstLine = lines;
            last = new LineEncoder.Link(link.seq() - 1, link.prev());
        }
        LineEncoder.Link before = last == null ? new LineEncoder.Link(0, "") : lines == firstLine ? last : check.link();
        String fault = Succession.fault(link, before);
        if (fault != null) {
            add(lines, fault);
        }
        lastHolds = link != null && link.holds();
        if (link != null) {
            last = new LineEncoder.Link(link.seq(), link.id());
            check.beginBehind(last);
        }
    }

    private void add(long line, String what) {
        faultsInAll++;
        if (faults.size() < JournalCheck.Chain.MOST_FAULTS) {
            faults.add(new Fault(file, line, what));
        }
    }

    /** With lines numbered from the beginning of the part. */
    List<Fault> faults() {
        return faults;
    }

    long faultsInAll() {
        return faultsInAll;
    }

    /** The first line that has a line's form, as it says itself; null when there is none. */
    Seal.@Nullable Link first() {
        return first;
    }

    /** Which line that is, from 1. */
    long firstLine() {
        return firstLine;
    }

    /** The last line that has a line's form; null when there is none. */
    LineEncoder.@Nullable Link last() {
        return last == null ? null : check.link();
    }

    /** The line that ends where the checkpoint's does; null when none does. */
    LineEncoder.@Nullable Link atCheckpoint() {
        return atCheckpoint;
    }

    long lines() {
        return lines;
    }

    /** Where the last of the lines ends in the file; 0 when there is none. */
    long end() {
        return end;
    }
}
