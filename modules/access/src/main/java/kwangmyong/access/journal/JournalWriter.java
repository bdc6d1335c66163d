package kwangmyong.access.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import kwangmyong.kernel.service.LabClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It sleeps for the window of folding, or until somebody waits for a forced line or the queue is half full;
 * then it takes what is there, writes it at one go, forces it once if anybody waits (a group commit), and tells those who wait, on a thread of
 * its own that they may not hold up.
 */
final class JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int WRITE_BYTES = 1 << 20;
    private static final long CLOSE_WITHIN_MILLIS = 10_000;

    private final JournalConfig config;
    private final HandOver handOver;
    private final Tally tally;
    private final Disk disk;
    private final LineEncoder encoder;
    private final Checkpoints checkpoints;
    private final LabClock clock;
    private final Thread thread = new Thread(this::run, "kwm-journal");
    private final ExecutorService teller =
            Executors.newSingleThreadExecutor(task -> daemon(new Thread(task, "kwm-journal-told")));
    private final AtomicInteger forcedWaiting = new AtomicInteger();
    private volatile boolean asleep;
    private volatile boolean closing;
    private volatile boolean ended;

    private final Batch batch = new Batch();
    private final JsonBytes out = new JsonBytes();
    private final List<Note> notes = new ArrayList<>();
    private long size;
    private boolean ragged;
    private LineEncoder.Link checkpointed = new LineEncoder.Link(-1, "");
    private long checkpointedAt;
    private boolean checkpointFails;
    private long saidPermissions;
    private long saidDenials;

    JournalWriter(
            JournalConfig config,
            HandOver handOver,
            Tally tally,
            Disk disk,
            LineEncoder encoder,
            Checkpoints checkpoints,
            LabClock clock) {
        this.config = config;
        this.handOver = handOver;
        this.tally = tally;
        this.disk = disk;
        this.encoder = encoder;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        return thread;
    }

    /** Writes {@code firstNotes} and a first checkpoint, then starts the thread. */
    void start(List<Note> firstNotes) throws IOException {
        size = disk.size();
        notes.addAll(firstNotes);
        if (notes.isEmpty() || commit()) {
            checkpoint();
        }
        daemon(thread).start();
    }

    /** Announces a forced event before it is handed over, so that the writer does not go to sleep over it. */
    void expectForced() {
        forcedWaiting.incrementAndGet();
    }

    void forcedTaken() {
        forcedWaiting.decrementAndGet();
    }

    void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    void wakeIfFull() {
        if (asleep && isHalfFull()) {
            LockSupport.unpark(thread);
        }
    }

    boolean isClosed() {
        return closing;
    }

    /** Whether nothing that is handed over from now on will be taken. */
    boolean hasEnded() {
        return ended;
    }

    private boolean isHalfFull() {
        return handOver.depth() >= handOver.capacity() / 2;
    }

    private void run() {
        try {
            while (writeOnce()) {
                if (System.nanoTime() - checkpointedAt
                        >= config.checkpointWithin().toNanos()) {
                    checkpoint();
                }
                sleep();
            }
            checkpoint();
        } finally {
            closing = true;
            ended = true;
            refuseLate();
        }
    }

    /** Writes what waits; false when there is nothing more to do. */
    private boolean writeOnce() {
        boolean last = closing;
        take();
        if (batch.lines().isEmpty() && notes.isEmpty()) {
            return !last;
        }
        return commit() || !last;
    }

    private void sleep() {
        asleep = true;
        if (forcedWaiting.get() == 0 && !isHalfFull() && !closing) {
            LockSupport.parkNanos(this, config.writeWithin().toNanos());
        }
        asleep = false;
    }

    private void take() {
        Pending pending;
        while (!batch.isFull() && (pending = handOver.poll()) != null) {
            if (pending.forced != null) {
                forcedTaken();
            }
            batch.add(pending);
        }
        if (tally.failure() == null) {
            sayWhatWasLeftOut();
        }
    }

    private void sayWhatWasLeftOut() {
        long permissions = tally.permissionsLeftOut();
        long denials = tally.denialsLeftOut();
        if (permissions != saidPermissions || denials != saidDenials) {
            String detail = (permissions - saidPermissions) + " permissions and " + (denials - saidDenials)
                    + " denials were left out: there was no room to take them or to write them";
            notes.add(new Note(clock.now(), "journal-left-out", "events", detail));
            saidPermissions = permissions;
            saidDenials = denials;
        }
    }

    private boolean commit() {
        LineEncoder.Link before = encoder.last();
        long sizeBefore = size;
        try {
            mendIfRagged();
            appendAll();
            if (!batch.waiting().isEmpty()) {
                disk.force();
            }
            notes.clear();
            tally.written(batch);
            works();
            tell(batch.waiting(), null);
            return true;
        } catch (IOException | RuntimeException failure) {
            encoder.goBackTo(before);
            size = sizeBefore;
            ragged = true;
            fails(failure);
            return false;
        } finally {
            batch.clear();
            out.cut(0);
        }
    }

    private void appendAll() throws IOException {
        for (Note note : notes) {
            encoder.encode(note, out);
        }
        for (Pending pending : batch.lines()) {
            try {
                encoder.encode(pending, out);
            } catch (RuntimeException unprintable) {
                LOG.error("an event of {} cannot be written", pending.event.service(), unprintable);
                tally.leaveOut(pending);
                if (pending.forced != null) {
                    tell(List.of(pending.forced), unprintable);
                }
            }
            if (out.length() >= WRITE_BYTES) {
                append();
            }
        }
        append();
    }

    private void append() throws IOException {
        int length = out.length();
        disk.append(out.asBuffer());
        size += length;
        out.cut(0);
    }

    /** After a failure the file may end in a part of what was to be written. */
    private void mendIfRagged() throws IOException {
        if (ragged) {
            disk.truncate(size);
            ragged = false;
        }
    }

    private void works() {
        if (tally.become(null)) {
            LOG.info("the journal {} can be written again", config.file());
        }
    }

    private void fails(Exception failure) {
        batch.lines().forEach(tally::leaveOut);
        tell(batch.waiting(), failure);
        try {
            mendIfRagged();
        } catch (IOException later) {
            LOG.debug("the journal's end is mended before the next line", later);
        }
        if (tally.become(String.valueOf(failure.getMessage()))) {
            LOG.error(
                    "the journal {} cannot be written; what must be on disk before it is acknowledged is refused",
                    config.file(),
                    failure);
        }
    }

    private void tell(List<CompletableFuture<Void>> waiting, @Nullable Exception failure) {
        if (waiting.isEmpty()) {
            return;
        }
        List<CompletableFuture<Void>> told = List.copyOf(waiting);
        teller.execute(() -> {
            for (CompletableFuture<Void> one : told) {
                if (failure == null) {
                    one.complete(null);
                } else {
                    one.completeExceptionally(failure);
                }
            }
        });
    }

    private void checkpoint() {
        if (checkpointed.equals(encoder.last()) || ragged || !notes.isEmpty()) {
            return;
        }
        checkpointedAt = System.nanoTime();
        try {
            disk.force();
            checkpoints.write(encoder.last(), size);
            checkpointed = encoder.last();
            checkpointFails = false;
        } catch (IOException failure) {
            if (!checkpointFails) {
                checkpointFails = true;
                LOG.error("the journal's checkpoint {} cannot be written", config.head(), failure);
            }
        }
    }

    private void refuseLate() {
        Pending late;
        while ((late = handOver.poll()) != null) {
            if (late.forced != null) {
                late.forced.completeExceptionally(new IOException("the journal is closed"));
            }
        }
    }

    void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_WITHIN_MILLIS);
            teller.shutdown();
            if (!teller.awaitTermination(CLOSE_WITHIN_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("some who wait for the journal were not told within {} ms", CLOSE_WITHIN_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            disk.close();
        } catch (IOException failure) {
            LOG.warn("the journal {} did not close", config.file(), failure);
        }
    }
}
