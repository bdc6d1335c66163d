package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that is being written: appended to, forced, noted in checkpoints, and closed when it is long enough. Used by one thread.
 *
 * <p>A file is closed in this order, so that a crash at any moment leaves what recovery goes on from: checkpoint of its last line, signed end, new name, new file,
 * checkpoint within that.
 */
final class LiveSegment {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSegment.class);
    private static final long TRY_AGAIN_AFTER = Duration.ofSeconds(1).toNanos();

    private final JournalConfig config;
    private final Checkpoints checkpoints;
    private final Runnable closedOne;

    private Disk disk;
    private int number;
    private LineEncoder.Link before;
    private long size;
    private boolean ragged;
    /** Its file has its new name already, and the next one could not be made yet. */
    private boolean awaitsNext;

    private @Nullable LocalDate day;
    private LineEncoder.Link checkpointed = new LineEncoder.Link(-1, "");
    private long checkpointedAt = System.nanoTime();
    private boolean checkpointFails;
    private long turnFailedAt;
    private boolean turnFails;

    /**
     * @param number that the file gets when it is closed
     * @param before the line before its first
     * @param closedOne told when a file was closed
     */
    LiveSegment(
            JournalConfig config,
            Disk disk,
            int number,
            LineEncoder.Link before,
            Checkpoints checkpoints,
            Runnable closedOne)
            throws IOException {
        this.config = config;
        this.disk = disk;
        this.number = number;
        this.before = before;
        this.checkpoints = checkpoints;
        this.closedOne = closedOne;
        this.size = disk.size();
    }

    /** In bytes. */
    long size() {
        return size;
    }

    void append(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        disk.append(bytes);
        size += length;
    }

    void force() throws IOException {
        disk.force();
    }

    /** Forgets what was appended since the size was {@code earlier}, of which the file may hold a part. */
    void backTo(long earlier) {
        size = earlier;
        ragged = true;
    }

    /** Has the file end where it should, after a failure. */
    void mendIfRagged() throws IOException {
        if (ragged && !awaitsNext) {
            disk.truncate(size);
            ragged = false;
        }
    }

    boolean isCheckpointDue() {
        return System.nanoTime() - checkpointedAt >= config.checkpointWithin().toNanos();
    }

    /** Signs that {@code last} is on the disk, unless that was signed already; a failure is said, and made up for later. */
    void checkpoint(LineEncoder.Link last) {
        if (checkpointed.equals(last) || ragged || awaitsNext) {
            return;
        }
        checkpointedAt = System.nanoTime();
        try {
            sign(last);
        } catch (IOException failure) {
            if (!checkpointFails) {
                checkpointFails = true;
                LOG.error("the journal's checkpoint {} cannot be written", config.head(), failure);
            }
        }
    }

    private void sign(LineEncoder.Link last) throws IOException {
        disk.force();
        checkpoints.write(number, last, size);
        checkpointed = last;
        checkpointFails = false;
    }

    /**
     * Closes the file and begins another where that is due.
     *
     * @param last the last line written
     * @param time of the next
     * @throws IOException when there is no file to write to; otherwise a failure is said, and it is tried again later
     */
    void turnIfDue(LineEncoder.Link last, Instant time) throws IOException {
        if (awaitsNext) {
            begin(last);
        }
        LocalDate today = config.rotation().daily() ? LocalDate.ofInstant(time, ZoneOffset.UTC) : null;
        boolean newDay = today != null && day != null && today.isAfter(day);
        if (size > 0 && !ragged && (newDay || size >= config.rotation().segmentBytes())) {
            turn(last);
        }
        if (today != null && (day == null || newDay)) {
            day = today;
        }
    }

    private void turn(LineEncoder.Link last) throws IOException {
        if (turnFails && System.nanoTime() - turnFailedAt < TRY_AGAIN_AFTER) {
            return;
        }
        Segment closed = new Segment(config.folder(), number);
        try {
            sign(last);
            new SegmentEnd(number, before.seq() + 1, before.id(), last.seq(), last.id(), size)
                    .write(closed.end(), checkpoints.key());
            Files.move(config.file(), closed.plain(), StandardCopyOption.ATOMIC_MOVE);
            turnFails = false;
        } catch (IOException failure) {
            if (!turnFails) {
                LOG.error("the journal {} cannot be closed; it grows on", config.file(), failure);
            }
            turnFails = true;
            turnFailedAt = System.nanoTime();
            return;
        }
        awaitsNext = true;
        begin(last);
    }

    private void begin(LineEncoder.Link last) throws IOException {
        FileChannel next = AtomicFile.create(config.file());
        AtomicFile.forceFolder(config.folder());
        disk.close();
        disk = Disk.of(next);
        awaitsNext = false;
        number++;
        before = last;
        size = 0;
        ragged = false;
        checkpointed = new LineEncoder.Link(-1, "");
        checkpoint(last);
        closedOne.run();
    }

    void close() throws IOException {
        disk.close();
    }
}
