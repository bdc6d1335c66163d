package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import kwangmyong.access.journal.Blocks.DamagedBlockException;

/**
 * One member of a packed segment: gzip (RFC 1952), so that {@code zcat} and {@code zgrep} read the file, with its own length in an extra field
 * {@code KW} (section 2.3.1.1), so that the next is found without reading this one.
 *
 * <p>Not safe for threads; to be closed.
 */
final class Member implements AutoCloseable {
    /** Header up to and with the extra field. */
    static final int HEADER = 20;

    private static final int TRAILER = 8;
    private static final int LEAST = HEADER + TRAILER;
    /** No block of lines is longer, packed or not. */
    private static final int MOST = 4 << 20;
    /** Quick, and within a tenth of the smallest. */
    private static final int LEVEL = 4;

    private static final byte[] START = {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 255, 8, 0, 'K', 'W', 4, 0};

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private byte[] packed = {};
    private byte[] lines = {};

    /** Packs {@code length} bytes of {@code source} from {@code from} on. */
    static byte[] pack(byte[] source, int from, int length) {
        Deflater deflater = new Deflater(LEVEL, true);
        byte[] out = Arrays.copyOf(START, Math.max(1 << 12, length / 4));
        int at = HEADER;
        deflater.setInput(source, from, length);
        deflater.finish();
        while (!deflater.finished()) {
            if (out.length - at < TRAILER + 1) {
                out = Arrays.copyOf(out, out.length * 2);
            }
            at += deflater.deflate(out, at, out.length - at);
        }
        deflater.end();
        out = Arrays.copyOf(out, at + TRAILER);
        CRC32 crc = new CRC32();
        crc.update(source, from, length);
        ByteBuffer little = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
        little.putInt(START.length, out.length);
        little.putInt(at, (int) crc.getValue());
        little.putInt(at + Integer.BYTES, length);
        return out;
    }

    /** The length of the member at {@code position}, as its header says; 0 at the end of the file. */
    static int length(FileChannel channel, long position) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        while (header.hasRemaining() && channel.read(header, position + header.position()) > 0) {
            // until it is whole, or the file ends
        }
        if (header.position() == 0) {
            return 0;
        }
        int length = header.hasRemaining() ? 0 : header.getInt(START.length);
        if (!Arrays.equals(header.array(), 0, START.length, START, 0, START.length)
                || length < LEAST
                || length > MOST) {
            throw new DamagedBlockException("at byte " + position + " there is no block of lines");
        }
        return length;
    }

    /**
     * Unpacks the member of {@code length} bytes at {@code position} into {@link #lines}; says how many bytes they are.
     *
     * @throws DamagedBlockException when it is not as it was packed
     */
    int unpack(FileChannel channel, long position, int length) throws IOException {
        if (length < LEAST || length > MOST) {
            throw damaged(position);
        }
        if (packed.length < length) {
            packed = new byte[Math.max(length, Blocks.BYTES)];
        }
        ByteBuffer into = ByteBuffer.wrap(packed, 0, length);
        while (into.hasRemaining() && channel.read(into, position + into.position()) > 0) {
            // until it is whole, or the file ends
        }
        if (into.hasRemaining()) {
            throw new DamagedBlockException("the file ends within the block at byte " + position);
        }
        ByteBuffer little = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        int size = little.getInt(length - Integer.BYTES);
        if (!Arrays.equals(packed, 0, START.length, START, 0, START.length)
                || little.getInt(START.length) != length
                || size <= 0
                || size > MOST) {
            throw damaged(position);
        }
        if (lines.length < size) {
            lines = new byte[Math.max(size, Blocks.BYTES * 2)];
        }
        inflate(position, length, size);
        crc.reset();
        crc.update(lines, 0, size);
        if ((int) crc.getValue() != little.getInt(length - TRAILER)) {
            throw damaged(position);
        }
        return size;
    }

    private void inflate(long position, int length, int size) throws DamagedBlockException {
        inflater.reset();
        inflater.setInput(packed, HEADER, length - LEAST);
        try {
            int done = 0;
            int more;
            while (done < size && (more = inflater.inflate(lines, done, size - done)) > 0) {
                done += more;
            }
            byte[] beyond = new byte[1];
            if (done < size || inflater.inflate(beyond) > 0 || !inflater.finished()) {
                throw damaged(position);
            }
        } catch (DataFormatException altered) {
            throw damaged(position);
        }
    }

    private static DamagedBlockException damaged(long position) {
        return new DamagedBlockException("the block at byte " + position + " was altered");
    }

    byte[] lines() {
        return lines;
    }

    @Override
    public void close() {
        packed = new byte[0];
        lines = new byte[0];
        inflater.end();
    }
}
