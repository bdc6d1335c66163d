package kwangmyong.border;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import kwangmyong.border.capture.Pcapng;
import org.jspecify.annotations.Nullable;

/**
 * A capture on its way to a file: the packets' thread fills buffers, another writes them. Where that is too slow, packets are missed and counted;
 * nothing waits for the disk.
 */
final class CaptureFile implements Tap {
    private static final int BUFFERS = 8;
    private static final int BUFFER = 1 << 20;
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final BlockingQueue<ByteBuffer> empty = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(BUFFERS + 1);
    private final FileChannel file;
    private final Thread writer;
    private final long epoch;
    private final long most;
    private @Nullable ByteBuffer current;
    private String lastComment = "";
    private byte[] lastCommentOctets = {};
    private long octets;
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private volatile @Nullable IOException failure;

    /**
     * Begins one.
     *
     * @param epoch nanoseconds from 1970 to when the border began
     * @param most octets of the file
     */
    CaptureFile(Path path, long most, long epoch) throws IOException {
        this.file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        this.most = most;
        this.epoch = epoch;
        for (int i = 0; i < BUFFERS; i++) {
            empty.add(ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN));
        }
        ByteBuffer first = empty.remove();
        Pcapng.begin(first, "Kwangmyong Lab", "in", "out");
        octets = first.position();
        current = first;
        writer = new Thread(this::write, "kwm-capture");
        writer.setDaemon(true);
        writer.start();
    }

    long packets() {
        return packets.get();
    }

    long missed() {
        return missed.get();
    }

    @Override
    public void packet(Side side, boolean arriving, ByteBuffer frame, int at, int length, String comment, long now) {
        byte[] said = comment(comment);
        int room = length + said.length + Pcapng.OVERHEAD;
        ByteBuffer to = octets + room > most ? null : withRoom(room);
        if (to == null) {
            missed.incrementAndGet();
            return;
        }
        int before = to.position();
        Pcapng.packet(to, side.number, arriving, epoch + now, frame, at, length, said);
        octets += to.position() - before;
        packets.incrementAndGet();
    }

    /** Flows mostly come in runs. */
    private byte[] comment(String comment) {
        if (!comment.equals(lastComment)) {
            lastComment = comment;
            lastCommentOctets = comment.getBytes(StandardCharsets.UTF_8);
        }
        return lastCommentOctets;
    }

    private @Nullable ByteBuffer withRoom(int room) {
        ByteBuffer now = current;
        if (now != null && now.remaining() < room) {
            handOver();
            now = current;
        }
        if (now == null) {
            now = empty.poll();
            current = now;
        }
        return now;
    }

    /** On the packets' thread: has what there is written. */
    void handOver() {
        ByteBuffer now = current;
        if (now != null && now.position() > 0) {
            full.add(now.flip()); // there is room for every buffer and the end
            current = null;
        }
    }

    /** On the packets' thread, after the last packet. */
    void end() {
        handOver();
        full.add(END);
    }

    /** On any other thread: waits until everything is in the file. */
    void await() throws IOException {
        try {
            writer.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while a capture was written", hurried);
        }
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void write() {
        try (file) {
            for (ByteBuffer next = full.take(); next.capacity() > 0; next = full.take()) {
                while (failure == null && next.hasRemaining()) {
                    file.write(next);
                }
                empty.add(next.clear());
            }
        } catch (IOException disk) {
            failure = disk; // what is full stays so: the rest is missed
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
