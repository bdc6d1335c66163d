package kwangmyong.access.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What of numbers, times and fields is in which block of a packed segment: a file of one signed line, {@link IndexHeader}, and an entry for each
 * block. Whoever searches believes it only where the journal's key signed it, and else reads the whole segment.
 */
final class BlockIndex {
    private static final int MAX_BYTES = 64 << 20;

    private final IndexHeader header;
    private final BlockTable table = new BlockTable();
    private final long[] first;
    private final long[] from;
    private final long[] to;
    private final byte[][] filters;

    private BlockIndex(IndexHeader header, ByteBuffer body) {
        this.header = header;
        int blocks = header.blocks();
        first = new long[blocks + 1];
        from = new long[blocks];
        to = new long[blocks];
        filters = new byte[blocks][];
        for (int i = 0; i < blocks; i++) {
            table.add(body.getLong(), body.getLong());
            first[i] = body.getLong();
            from[i] = body.getLong();
            to[i] = body.getLong();
            filters[i] = new byte[body.getInt()];
            body.get(filters[i]);
        }
        first[blocks] = header.last() + 1;
        table.end(header.packed(), header.bytes());
    }

    IndexHeader header() {
        return header;
    }

    BlockTable table() {
        return table;
    }

    /** Whether block {@code i} may have a line that is numbered from {@code least} to {@code most}. */
    boolean mayHoldNumber(int i, long least, long most) {
        return first[i] <= most && first[i + 1] > least;
    }

    /** Whether block {@code i} may have a line of a time from {@code since} to before {@code until}, in milliseconds. */
    boolean mayHoldTime(int i, long since, long until) {
        return from[i] < until && to[i] >= since;
    }

    /** Whether block {@code i} may have a line with {@code token}. */
    boolean mayHold(int i, long token) {
        return Bloom.mayHold(filters[i], token);
    }

    /** Reads the first line alone; empty when there is none that {@code key} signed of {@code segment}. */
    static Optional<IndexHeader> header(Segment segment, PublicKey key) throws IOException {
        if (!Files.isRegularFile(segment.index())) {
            return Optional.empty();
        }
        byte[] start;
        try (var in = Files.newInputStream(segment.index())) {
            start = in.readNBytes(1_024);
        }
        return header(start, segment, key);
    }

    private static Optional<IndexHeader> header(byte[] start, Segment segment, PublicKey key) {
        int end = lineEnd(start);
        return end < 0
                ? Optional.empty()
                : IndexHeader.read(new String(start, 0, end, StandardCharsets.ISO_8859_1), key)
                        .filter(header -> header.segment() == segment.number());
    }

    private static int lineEnd(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, 1_024); i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads the index of a packed segment; empty when there is none that {@code key} signed of just that file. */
    static Optional<BlockIndex> read(Segment segment, PublicKey key) throws IOException {
        Path file = segment.index();
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        IndexHeader header = header(bytes, segment, key).orElse(null);
        if (header == null || !Files.exists(segment.packed()) || Files.size(segment.packed()) != header.packed()) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOfRange(bytes, lineEnd(bytes) + 1, bytes.length);
        try {
            return sha256(body).equals(header.sha256())
                    ? Optional.of(new BlockIndex(header, ByteBuffer.wrap(body)))
                    : Optional.empty();
        } catch (BufferUnderflowException | NegativeArraySizeException impossible) {
            return Optional.empty(); // what the key signed was written whole
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has it
        }
    }

    /** Gathers an index while its segment is packed. */
    static final class Builder {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream body = new DataOutputStream(bytes);
        private int blocks;
        private long earliest = Long.MAX_VALUE;
        private long latest = Long.MIN_VALUE;

        /**
         * Adds the next block.
         *
         * @param position in the packed file
         * @param offset among the bytes of all lines
         * @param first the number of its first line
         * @param from the earliest time of its lines
         * @param to the latest
         */
        void add(long position, long offset, long first, long from, long to, long[] tokens) throws IOException {
            byte[] filter = Bloom.of(tokens);
            body.writeLong(position);
            body.writeLong(offset);
            body.writeLong(first);
            body.writeLong(from);
            body.writeLong(to);
            body.writeInt(filter.length);
            body.write(filter);
            blocks++;
            earliest = Math.min(earliest, from);
            latest = Math.max(latest, to);
        }

        /** Writes the index, signed. */
        void write(Segment segment, SegmentEnd end, long packed, JournalKey key) throws IOException {
            byte[] entries = bytes.toByteArray();
            long from = blocks == 0 || earliest == Long.MAX_VALUE ? 0 : earliest;
            var header = new IndexHeader(
                    segment.number(),
                    blocks,
                    end.first(),
                    end.last(),
                    from,
                    Math.max(from, latest),
                    end.bytes(),
                    packed,
                    sha256(entries));
            byte[] line = header.sign(key).getBytes(StandardCharsets.US_ASCII);
            byte[] whole = Arrays.copyOf(line, line.length + entries.length);
            System.arraycopy(entries, 0, whole, line.length, entries.length);
            AtomicFile.write(segment.index(), whole);
        }
    }
}
