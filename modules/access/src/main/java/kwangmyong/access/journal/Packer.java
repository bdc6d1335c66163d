package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kwangmyong.kernel.service.LabClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packs closed segments, and lets the oldest go where there are more than are kept, on a thread that gives way to all others. */
final class Packer {
    private static final Logger LOG = LoggerFactory.getLogger(Packer.class);
    private static final long STOP_WITHIN_MILLIS = 5_000;

    private final JournalConfig config;
    private final JournalKey key;
    private final LabClock clock;
    private final Consumer<Note> notes;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Packer::quiet);
    /** Those that do not hold are said once, and stay as they are. */
    private final Set<Integer> leftAlone = new HashSet<>();

    private volatile boolean stopped;

    /** @param notes takes what the journal has to say of it */
    Packer(JournalConfig config, JournalKey key, LabClock clock, Consumer<Note> notes) {
        this.config = config;
        this.key = key;
        this.clock = clock;
        this.notes = notes;
    }

    private static Thread quiet(Runnable task) {
        Thread thread = new Thread(task, "kwm-journal-pack");
        thread.setDaemon(true);
        return thread;
    }

    /** Has it look for work; returns at once. */
    void wake() {
        try {
            thread.execute(this::work);
        } catch (RejectedExecutionException closing) {
            LOG.debug("what is closed last is packed at the next start", closing);
        }
    }

    private void work() {
        try {
            List<Segment> closed = new SegmentFolder(config).closed();
            for (Segment segment : closed) {
                if (!stopped && Files.exists(segment.plain()) && !leftAlone.contains(segment.number())) {
                    pack(segment);
                }
            }
            if (!stopped) {
                letGo(closed);
            }
        } catch (IOException | RuntimeException failure) {
            LOG.error(
                    "closed files of the journal {} cannot be packed; they stay as they are", config.folder(), failure);
        }
    }

    private void pack(Segment segment) throws IOException {
        if (BlockIndex.read(segment, key.verifying()).isPresent()) {
            Files.delete(segment.plain()); // what ended the last run came between
            return;
        }
        SegmentEnd end = SegmentEnd.read(segment, key.verifying()).orElse(null);
        if ((end == null || !new SegmentPacking(segment, end, key, () -> stopped).run()) && !stopped) {
            leftAlone.add(segment.number());
            LOG.error("{} does not hold what it held when it was closed; it stays as it is", segment.plain());
        }
    }

    private void letGo(List<Segment> closed) throws IOException {
        LetGo gone = LetGo.read(config.letGo(), key.verifying()).orElse(LetGo.NOTHING);
        long all = 0;
        for (Segment segment : closed) {
            if (segment.number() <= gone.segment()) {
                remove(segment); // what ended the last run came between
            } else {
                all += Files.size(segment.file());
            }
        }
        long most = config.rotation().keepBytes();
        for (Segment segment : closed) {
            if (most == 0 || all <= most || segment.number() <= gone.segment()) {
                continue;
            }
            SegmentEnd end = SegmentEnd.read(segment, key.verifying()).orElse(null);
            if (end == null || leftAlone.contains(segment.number())) {
                return; // evidence
            }
            all -= Files.size(segment.file());
            new LetGo(segment.number(), end.last(), end.id()).write(config.letGo(), key);
            AtomicFile.forceFolder(config.folder());
            remove(segment);
            notes.accept(new Note(
                    clock.now(),
                    "journal-let-go",
                    segment.packed().getFileName().toString(),
                    "lines " + end.first() + " to " + end.last() + " were let go: closed files may take " + most
                            + " bytes"));
        }
    }

    private static void remove(Segment segment) throws IOException {
        for (Path file : List.of(segment.plain(), segment.packed(), segment.index(), segment.end())) {
            Files.deleteIfExists(file);
        }
    }

    /** Leaves what is not finished for the next start. */
    void close() {
        stopped = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_WITHIN_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("packing did not stop within {} ms", STOP_WITHIN_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
