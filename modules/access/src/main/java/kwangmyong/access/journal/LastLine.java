package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The last line of a file that has a line's form, as it says itself. */
final class LastLine {
    private LastLine() {}

    /** That of a closed segment; what a first line follows where there is none. */
    static LineEncoder.Link of(Segment segment) throws IOException {
        try (Blocks blocks = segment.isPacked()
                ? PackedBlocks.open(segment.packed(), null, true, block -> true)
                : PlainBlocks.backward(FileChannel.open(segment.plain(), StandardOpenOption.READ))) {
            LineEncoder.Link last = of(blocks);
            return last == null ? new LineEncoder.Link(0, Seal.NOTHING_BEFORE) : last;
        }
    }

    /** That of blocks which are read from the last to the first; null when there is none. */
    static LineEncoder.@Nullable Link of(Blocks blocks) throws IOException {
        var seal = new Seal();
        while (more(blocks)) {
            byte[] bytes = blocks.array();
            int end = blocks.to();
            while (end > blocks.from()) {
                int to = bytes[end - 1] == '\n' ? end - 1 : end;
                int from = to;
                while (from > blocks.from() && bytes[from - 1] != '\n') {
                    from--;
                }
                Seal.Link link = seal.read(bytes, from, to);
                if (link != null) {
                    return new LineEncoder.Link(link.seq(), link.id());
                }
                end = from;
            }
        }
        return null;
    }

    private static boolean more(Blocks blocks) throws IOException {
        while (true) {
            try {
                return blocks.next();
            } catch (Blocks.DamagedBlockException damaged) {
                // the one before it may be whole
            }
        }
    }
}
