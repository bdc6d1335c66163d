package kwangmyong.access.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import kwangmyong.kernel.service.LabClock;
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
    private final LiveSegment live;
    private final LineEncoder encoder;
    private final LabClock clock;
    private final Thread thread = new Thread(this::run, "kwm-journal");
    private final Teller teller = new Teller();
    private final AtomicInteger forcedWaiting = new AtomicInteger();
    private volatile boolean asleep;
    private volatile boolean closing;
    private volatile boolean ended;

    private final Batch batch = new Batch();
    private final JsonBytes out = new JsonBytes();
    private final List<Note> notes = new ArrayList<>();
    private final Onlooker onlooker = new Onlooker();
    /** What others than this thread have to say. */
    private final Queue<Note> coming = new ConcurrentLinkedQueue<>();

    private long saidPermissions;
    private long saidDenials;

    JournalWriter(
            JournalConfig config,
            HandOver handOver,
            Tally tally,
            LiveSegment live,
            LineEncoder encoder,
            LabClock clock) {
        this.config = config;
        this.handOver = handOver;
        this.tally = tally;
        this.live = live;
        this.encoder = encoder;
        this.clock = clock;
    }

    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        return thread;
    }

    /** Writes {@code firstNotes} and a first checkpoint, then starts the thread. */
    void start(List<Note> firstNotes) {
        notes.addAll(firstNotes);
        if (notes.isEmpty() || commit()) {
            checkpoint();
        }
        daemon(thread).start();
    }

    /** Takes what the journal has to say of itself; any thread. */
    void say(Note note) {
        coming.add(note);
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
                if (live.isCheckpointDue()) {
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
        Note note;
        while ((note = coming.poll()) != null) {
            notes.add(note);
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
        long sizeBefore = live.size();
        try {
            live.mendIfRagged();
            live.turnIfDue(before, firstTime());
            sizeBefore = live.size();
            appendAll();
            if (!batch.waiting().isEmpty()) {
                live.force();
            }
            notes.clear();
            tally.written(batch);
            works();
            teller.tell(batch.waiting(), null);
            onlooker.show(batch);
            return true;
        } catch (IOException | RuntimeException failure) {
            encoder.goBackTo(before);
            live.backTo(sizeBefore);
            fails(failure);
            return false;
        } finally {
            batch.clear();
            onlooker.clear();
            out.cut(0);
        }
    }

    void showTo(JournalListener listener) {
        onlooker.become(listener);
    }

    private void appendAll() throws IOException {
        for (Note note : notes) {
            encoder.encode(note, out);
        }
        for (Pending pending : batch.lines()) {
            try {
                encoder.encode(pending, out);
                onlooker.note(encoder.last().id());
            } catch (RuntimeException unprintable) {
                LOG.error("an event of {} cannot be written", pending.event.service(), unprintable);
                tally.leaveOut(pending);
                onlooker.note(null);
                if (pending.forced != null) {
                    teller.tell(List.of(pending.forced), unprintable);
                }
            }
            if (out.length() >= WRITE_BYTES) {
                append();
            }
        }
        append();
    }

    private void append() throws IOException {
        live.append(out.asBuffer());
        out.cut(0);
    }

    private Instant firstTime() {
        return notes.isEmpty()
                ? batch.lines().get(0).event.time()
                : notes.get(0).time();
    }

    private void works() {
        if (tally.become(null)) {
            LOG.info("the journal {} can be written again", config.file());
        }
    }

    private void fails(Exception failure) {
        batch.lines().forEach(tally::leaveOut);
        teller.tell(batch.waiting(), failure);
        try {
            live.mendIfRagged();
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

    private void checkpoint() {
        if (notes.isEmpty()) {
            live.checkpoint(encoder.last());
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
            teller.close(CLOSE_WITHIN_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            live.close();
        } catch (IOException failure) {
            LOG.warn("the journal {} did not close", config.file(), failure);
        }
    }
}
