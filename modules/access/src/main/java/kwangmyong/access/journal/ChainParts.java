package kwangmyong.access.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a chain, cut into parts that can be checked at the same time. Each file is open from the start, so that nothing that is done to them meanwhile counts. */
final class ChainParts implements Closeable {
    /** About how many bytes of lines a part has. */
    private static final long BYTES = 32 << 20;

    /**
     * One part.
     *
     * @param file as it is called in faults
     * @param number of its file
     * @param segment null of the live file
     * @param blocks its lines, to be read once
     * @param bytes how many there are, where that is known
     * @param endsFile whether it is the last of its file
     */
    record Part(
            String file,
            int number,
            @Nullable Segment segment,
            Blocks blocks,
            long bytes,
            boolean beginsFile,
            boolean endsFile) {}

    private final String under;
    private final List<Part> parts = new ArrayList<>();
    private final List<FileChannel> channels = new ArrayList<>();

    /** @param under what faults say before the name of a file */
    ChainParts(String under) {
        this.under = under;
    }

    List<Part> list() {
        return parts;
    }

    /** How a file is called in faults. */
    String called(Path file) {
        return under + file.getFileName();
    }

    /** Adds a closed segment; false when it is not there any more. */
    boolean add(Segment segment, @Nullable SegmentEnd end) throws IOException {
        try {
            if (segment.isPacked()) {
                addPacked(segment, end);
            } else {
                addPlain(segment);
            }
            return true;
        } catch (NoSuchFileException packedMeanwhile) {
            if (segment.isPacked()) {
                addPacked(segment, end);
                return true;
            }
            return false;
        }
    }

    private void addPacked(Segment segment, @Nullable SegmentEnd end) throws IOException {
        Blocks blocks = PackedBlocks.open(segment.packed(), null, false, block -> true);
        long bytes = end == null ? Files.size(segment.packed()) : end.bytes();
        parts.add(new Part(called(segment.packed()), segment.number(), segment, blocks, bytes, true, true));
    }

    private void addPlain(Segment segment) throws IOException {
        FileChannel channel = FileChannel.open(segment.plain(), StandardOpenOption.READ);
        cut(called(segment.plain()), segment.number(), segment, channel);
    }

    /** Adds the live file. */
    void addLive(Path file, int number, FileChannel channel) throws IOException {
        cut(called(file), number, null, channel);
    }

    /** Its parts share the channel. */
    private void cut(String file, int number, @Nullable Segment segment, FileChannel channel) throws IOException {
        channels.add(channel);
        long size = channel.size();
        long begin = 0;
        do {
            long end = size - begin < 2 * BYTES ? size : lineBegin(channel, begin + BYTES, size);
            Blocks blocks = PlainBlocks.between(channel, begin, end);
            parts.add(new Part(file, number, segment, blocks, end - begin, begin == 0, end == size));
            begin = end;
        } while (begin < size);
    }

    private static long lineBegin(FileChannel channel, long about, long size) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(1 << 16);
        long at = about;
        while (at < size) {
            some.clear();
            int read = channel.read(some, at);
            for (int i = 0; i < read; i++) {
                if (some.get(i) == '\n') {
                    return at + i + 1;
                }
            }
            at += Math.max(read, 1);
        }
        return size;
    }

    @Override
    public void close() throws IOException {
        for (Part part : parts) {
            part.blocks().close();
        }
        for (FileChannel channel : channels) {
            channel.close();
        }
    }
}
