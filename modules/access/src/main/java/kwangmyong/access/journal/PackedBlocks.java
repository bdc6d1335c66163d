package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Blocks of a packed segment: all, or those that its index says are worth reading. */
final class PackedBlocks implements Blocks {
    private final FileChannel channel;
    private final BlockTable table;
    private final IntPredicate wanted;
    private final int step;
    private final int last;
    private final Member member = new Member();
    private int block;
    private int to;
    private @Nullable DamagedBlockException ending;

    private PackedBlocks(FileChannel channel, BlockTable table, IntPredicate wanted, int first, int last) {
        this.channel = channel;
        this.table = table;
        this.wanted = wanted;
        this.step = first <= last ? 1 : -1;
        this.block = first - step;
        this.last = last;
    }

    /**
     * Opens {@code file}.
     *
     * @param table where its blocks are; null to ask the file itself
     * @param wanted which of them to read, by number from 0
     */
    static PackedBlocks open(Path file, @Nullable BlockTable table, boolean backward, IntPredicate wanted)
            throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            BlockTable.Found found = table == null ? BlockTable.walk(channel) : new BlockTable.Found(table, null);
            int count = found.table().count();
            var blocks = count == 0
                    ? new PackedBlocks(channel, found.table(), number -> false, 0, 0)
                    : backward
                            ? new PackedBlocks(channel, found.table(), wanted, count - 1, 0)
                            : new PackedBlocks(channel, found.table(), wanted, 0, count - 1);
            blocks.ending = found.ending();
            return blocks;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public boolean next() throws IOException {
        while (block != last) {
            block += step;
            if (wanted.test(block)) {
                to = 0;
                to = member.unpack(channel, table.position(block), table.length(block));
                return true;
            }
        }
        if (ending != null) {
            DamagedBlockException once = ending;
            ending = null;
            throw once;
        }
        return false;
    }

    @Override
    public byte[] array() {
        return member.lines();
    }

    @Override
    public int from() {
        return 0;
    }

    @Override
    public int to() {
        return to;
    }

    @Override
    public long offset() {
        return table.offset(block);
    }

    @Override
    public void close() throws IOException {
        member.close();
        channel.close();
    }
}
