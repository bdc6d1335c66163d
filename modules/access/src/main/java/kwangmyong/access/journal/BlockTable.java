package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import kwangmyong.access.journal.Blocks.DamagedBlockException;
import org.jspecify.annotations.Nullable;

/** Where the blocks of a packed segment are. */
final class BlockTable {
    private long[] positions = new long[64];
    private long[] offsets = new long[64];
    private int count;

    /** @param ending what is wrong behind the last block; null when nothing is */
    record Found(BlockTable table, @Nullable DamagedBlockException ending) {}

    /** Finds the blocks by going from header to header. */
    static Found walk(FileChannel channel) throws IOException {
        var table = new BlockTable();
        long position = 0;
        long offset = 0;
        DamagedBlockException ending = null;
        try {
            int length;
            while ((length = Member.length(channel, position)) > 0) {
                table.add(position, offset);
                position += length;
                offset += size(channel, position);
            }
        } catch (DamagedBlockException damaged) {
            ending = damaged;
        }
        table.end(position, offset);
        return new Found(table, ending);
    }

    /** How many bytes of lines the member that ends at {@code end} has, as it says itself. */
    private static int size(FileChannel channel, long end) throws IOException {
        ByteBuffer trailer = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (trailer.hasRemaining() && channel.read(trailer, end - Integer.BYTES + trailer.position()) > 0) {
            // until it is whole, or the file ends
        }
        return trailer.getInt(0);
    }

    /** Adds where a block begins; the end of the last is added in the same way, by {@link #end}. */
    void add(long position, long offset) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        positions[count] = position;
        offsets[count++] = offset;
    }

    /** Says where the last block ends. */
    void end(long position, long offset) {
        add(position, offset);
        count--;
    }

    int count() {
        return count;
    }

    /** Where block {@code i} begins in the packed file. */
    long position(int i) {
        return positions[i];
    }

    /** How many bytes it has there. */
    int length(int i) {
        return (int) Math.min(Integer.MAX_VALUE, positions[i + 1] - positions[i]);
    }

    /** Where it begins among the bytes of all lines. */
    long offset(int i) {
        return offsets[i];
    }

    /** How many bytes all lines have. */
    long bytes() {
        return count == 0 ? 0 : offsets[count];
    }
}
