package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One process's chain as files to read.
 *
 * @param process whose it is
 * @param key that signed it; null where there is none, so that nothing of it counts as signed
 */
record Chain(String process, JournalConfig config, @Nullable PublicKey key) {
    SegmentFolder files() {
        return new SegmentFolder(config);
    }

    /** What a closed segment holds, as far as a signed note says. */
    Optional<SegmentEnd> end(Segment segment) throws IOException {
        return key == null ? Optional.empty() : SegmentEnd.read(segment, key);
    }

    /**
     * The blocks of a closed segment that may have what is wanted; null when it has none, or was let go meanwhile.
     *
     * @param least the lowest number that is wanted
     * @param most the highest
     */
    @Nullable
    Blocks blocks(Segment segment, Wish wish, boolean backward, long least, long most) throws IOException {
        if (key != null) {
            IndexHeader header = BlockIndex.header(segment, key).orElse(null);
            if (header != null && (!wish.mayBeIn(header) || header.first() > most || header.last() < least)) {
                return null;
            }
        }
        if (!segment.isPacked()) {
            SegmentEnd end = end(segment).orElse(null);
            if (end != null && (end.first() > most || end.last() < least)) {
                return null;
            }
            try {
                FileChannel plain = FileChannel.open(segment.plain(), StandardOpenOption.READ);
                return backward ? PlainBlocks.backward(plain) : PlainBlocks.forward(plain, 0);
            } catch (NoSuchFileException packedMeanwhile) {
                return packed(segment, wish, backward, least, most);
            }
        }
        return packed(segment, wish, backward, least, most);
    }

    private @Nullable Blocks packed(Segment segment, Wish wish, boolean backward, long least, long most)
            throws IOException {
        BlockIndex index = key == null ? null : BlockIndex.read(segment, key).orElse(null);
        try {
            return PackedBlocks.open(
                    segment.packed(),
                    index == null ? null : index.table(),
                    backward,
                    block -> index == null || (index.mayHoldNumber(block, least, most) && wish.mayBeIn(index, block)));
        } catch (NoSuchFileException letGo) {
            return null;
        }
    }
}
