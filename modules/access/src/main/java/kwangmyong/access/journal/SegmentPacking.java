package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;

/**
 * Packs one closed segment. Whatever moment ends it, the lines are there: the plain file goes once the packed one and its index are on the disk, and
 * only where every line of it held. One that does not is left as it is, as evidence.
 */
final class SegmentPacking {
    private final Segment segment;
    private final SegmentEnd end;
    private final JournalKey key;
    private final BooleanSupplier stopped;

    private final SealCheck check = new SealCheck();
    private final LineFields fields = new LineFields();
    private final LineTime times = new LineTime();
    private final Tokens tokens = new Tokens();
    private final BlockIndex.Builder index = new BlockIndex.Builder();
    private long position;
    private long offset;
    private long from;
    private long to;

    /** @param stopped asked between blocks, whether to leave it for another time */
    SegmentPacking(Segment segment, SegmentEnd end, JournalKey key, BooleanSupplier stopped) {
        this.segment = segment;
        this.end = end;
        this.key = key;
        this.stopped = stopped;
        check.beginBehind(new LineEncoder.Link(end.first() - 1, end.before()));
    }

    /** Whether it was packed; not where it was stopped, or where a line does not hold. */
    boolean run() throws IOException {
        Path fresh = segment.packed().resolveSibling(segment.packed().getFileName() + ".new");
        boolean whole;
        try (Blocks blocks = PlainBlocks.forward(FileChannel.open(segment.plain(), StandardOpenOption.READ), 0);
                FileChannel out = AtomicFile.create(fresh)) {
            whole = pack(blocks, out);
            out.force(false);
        }
        if (!whole) {
            Files.deleteIfExists(fresh);
            return false;
        }
        index.write(segment, end, position, key);
        Files.move(fresh, segment.packed(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        AtomicFile.forceFolder(segment.folder());
        Files.delete(segment.plain());
        return true;
    }

    private boolean pack(Blocks blocks, FileChannel out) throws IOException {
        while (blocks.next()) {
            if (stopped.getAsBoolean() || !read(blocks)) {
                return false;
            }
            byte[] member = Member.pack(blocks.array(), blocks.from(), blocks.to() - blocks.from());
            ByteBuffer bytes = ByteBuffer.wrap(member);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            position += member.length;
            offset = blocks.offset() + blocks.to() - blocks.from();
        }
        return check.seq() == end.last() && check.isAt(end.id()) && offset == end.bytes();
    }

    private boolean read(Blocks blocks) throws IOException {
        tokens.clear();
        from = Long.MAX_VALUE;
        to = Long.MIN_VALUE;
        long first = check.seq() + 1;
        byte[] bytes = blocks.array();
        int at = blocks.from();
        while (at < blocks.to()) {
            int lineEnd = at;
            while (lineEnd < blocks.to() && bytes[lineEnd] != '\n') {
                lineEnd++;
            }
            if (!check.follows(bytes, at, lineEnd) || !fields.read(bytes, at, lineEnd)) {
                return false;
            }
            note(bytes);
            at = lineEnd + 1;
        }
        index.add(position, blocks.offset(), first, from, to, tokens.distinct());
        return true;
    }

    private void note(byte[] bytes) {
        tokens.add(bytes, fields);
        long time = times.millis(bytes, fields.from(LineFields.TIME), fields.to(LineFields.TIME));
        from = Math.min(from, time);
        to = Math.max(to, time);
    }
}
