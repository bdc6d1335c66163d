package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalCheck.CheckpointState;
import kwangmyong.access.api.JournalCheck.Fault;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalView.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Checks a whole chain against itself and everything that was signed of it. The parts of its files are read on all processors; how they join, and whether
 * a file is missing or another than it was, is looked at in order.
 */
final class ChainCheck {
    private static final int MOST_THREADS = 8;

    private final Chain chain;
    private final Progress progress;
    private final ChainParts parts;
    private final String under;
    private final List<Fault> faults = new ArrayList<>();
    private long faultsInAll;

    private @Nullable Checkpoint checkpoint;
    private boolean isOlder;
    private LetGo gone = LetGo.NOTHING;
    private LineEncoder.Link last = LetGo.NOTHING.link();
    private boolean metCheckpoint;
    private boolean endsBeforeCheckpoint = true;
    private long lines;
    private long torn;
    /** Of the file that is looked at: lines in its parts so far, and what its first line follows. */
    private long linesBefore;

    private LineEncoder.Link fileBegan = LetGo.NOTHING.link();

    ChainCheck(Chain chain, Progress progress) {
        this.chain = chain;
        this.progress = progress;
        this.under = chain.process().equals(JournalEntry.LAB) ? "" : chain.process() + "/";
        this.parts = new ChainParts(under);
    }

    /** Reads the whole chain, which may be growing meanwhile. */
    JournalCheck.Chain run() throws IOException {
        // What was signed last comes first: the files may grow past it meanwhile, and never end before it.
        readSigned();
        try (SegmentFolder.Look look = chain.files().look();
                parts) {
            int live = liveNumber(look);
            addParts(look, live);
            List<Part> checked = check(live);
            for (Part part : checked) {
                join(part);
            }
            meetBehind(live + (look.live() == null ? 0 : 1));
            long files = parts.list().stream().filter(ChainParts.Part::endsFile).count();
            return new JournalCheck.Chain(
                    chain.process(), (int) files, lines, faults, faultsInAll, torn, gone.seq(), state());
        }
    }

    private void readSigned() throws IOException {
        PublicKey key = chain.key();
        if (key == null) {
            return;
        }
        Checkpoint seen = Checkpoint.read(chain.config().seen(), key).orElse(null);
        checkpoint = Checkpoint.read(chain.config().head(), key).orElse(null);
        if (checkpoint != null && seen != null && seen.isLaterThan(checkpoint)) {
            isOlder = true;
        }
        gone = LetGo.read(chain.config().letGo(), key).orElse(LetGo.NOTHING);
        last = gone.link();
        if (gone.segment() == 0 && Files.exists(chain.config().letGo())) {
            add(parts.called(chain.config().letGo()), 0, "the journal's key did not sign what it says was let go");
        }
    }

    private int liveNumber(SegmentFolder.Look look) {
        int next = Math.max(look.liveNumber(), gone.segment() + 1);
        return checkpoint == null ? next : Math.max(next, checkpoint.segment());
    }

    private void addParts(SegmentFolder.Look look, int live) throws IOException {
        int expected = gone.segment() + 1;
        for (Segment segment : look.closed()) {
            if (segment.number() <= gone.segment()) {
                continue; // about to be removed
            }
            sayMissing(expected, segment.number());
            if (!parts.add(segment, chain.end(segment).orElse(null))) {
                sayMissing(segment.number(), segment.number() + 1);
            }
            expected = segment.number() + 1;
        }
        sayMissing(expected, live);
        if (look.live() != null) {
            parts.addLive(chain.config().file(), live, look.live());
        }
    }

    private void sayMissing(int from, int to) {
        for (int number = from; number < to; number++) {
            add(under + new Segment(chain.config().folder(), number).packed().getFileName(), 0, "the file is missing");
        }
    }

    /** A part, and what was found in it. */
    private record Part(ChainParts.Part of, PartCheck found) {}

    private List<Part> check(int live) throws IOException {
        long all = parts.list().stream().mapToLong(ChainParts.Part::bytes).sum();
        var done = new AtomicLong();
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "kwm-journal-check");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Part>> running = new ArrayList<>();
            for (ChainParts.Part part : parts.list()) {
                var found = new PartCheck(part.file(), checkpointEnd(part, live));
                running.add(pool.submit(() -> {
                    found.run(part.blocks(), bytes -> progress.tell(done.addAndGet(bytes), all));
                    part.blocks().close(); // its buffers, of which there are not to be as many as parts
                    return new Part(part, found);
                }));
            }
            List<Part> checked = new ArrayList<>();
            for (Future<Part> one : running) {
                checked.add(get(one));
            }
            return checked;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Part get(Future<Part> one) throws IOException {
        try {
            return one.get();
        } catch (ExecutionException failed) {
            throw new IOException("the journal cannot be read: " + failed.getCause(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("the check was stopped", interrupted);
        }
    }

    /** Where the checkpoint's line ends in the part's file; -1 where it is in another. */
    private long checkpointEnd(ChainParts.Part part, int live) {
        if (checkpoint == null || checkpoint.bytes() == 0) {
            return -1;
        }
        return part.number() == Math.min(checkpoint.segment(), live) ? checkpoint.bytes() : -1;
    }

    private void join(Part part) throws IOException {
        PartCheck found = part.found;
        if (part.of.beginsFile()) {
            meetBehind(part.of.number());
            linesBefore = 0;
            fileBegan = last;
        }
        for (Fault fault : found.faults()) {
            add(fault.file(), fault.line() + linesBefore, fault.what());
        }
        faultsInAll += found.faultsInAll() - found.faults().size();
        Seal.Link first = found.first();
        if (first != null && first.holds()) {
            // With what it follows as known now: the part itself took the line's own word for it.
            String fault = Succession.fault(first, last);
            if (fault != null) {
                add(part.of.file(), found.firstLine() + linesBefore, fault);
            }
        }
        LineEncoder.Link end = found.last();
        if (end != null) {
            last = end;
        }
        LineEncoder.Link there = found.atCheckpoint();
        if (checkpoint != null && there != null) {
            metCheckpoint = there.seq() == checkpoint.seq() && there.id().equals(checkpoint.id());
        }
        if (checkpoint != null
                && part.of.number() >= checkpoint.segment()
                && (part.of.number() > checkpoint.segment() || found.end() >= checkpoint.bytes())) {
            endsBeforeCheckpoint = false;
        }
        lines += found.lines();
        linesBefore += found.lines();
        if (part.of.endsFile()) {
            endFile(part);
        }
    }

    /** A checkpoint that was written as a file began names the last line of the one before. */
    private void meetBehind(int number) {
        if (checkpoint != null && checkpoint.bytes() == 0 && checkpoint.segment() == number) {
            metCheckpoint = checkpoint.seq() == last.seq() && checkpoint.id().equals(last.id());
        }
    }

    private void endFile(Part part) throws IOException {
        Segment segment = part.of.segment();
        long behind = unfinished(part);
        if (segment == null) {
            torn = behind;
            return;
        }
        if (behind > 0) {
            add(part.of.file(), linesBefore + 1, "the file ends within a line");
        }
        SegmentEnd end = chain.end(segment).orElse(null);
        if (end == null) {
            add(parts.called(segment.end()), 0, "it is missing, or the journal's key did not sign it");
            return;
        }
        if (end.first() != fileBegan.seq() + 1
                || !end.before().equals(fileBegan.id())
                || end.last() != last.seq()
                || !end.id().equals(last.id())
                || end.bytes() != part.found.end()) {
            add(
                    part.of.file(),
                    0,
                    "when it was closed it held lines " + end.first() + " to " + end.last() + " in " + end.bytes()
                            + " bytes; now it holds " + linesBefore + " lines up to " + last.seq() + " in "
                            + part.found.end());
        }
        PublicKey key = chain.key();
        if (key != null && segment.isPacked() && Files.exists(segment.index())) {
            if (BlockIndex.read(segment, key).isEmpty()) {
                add(
                        parts.called(segment.index()),
                        0,
                        "it is not what the journal's key signed of this file; searches read the whole file instead");
            }
        }
    }

    /** Bytes behind the last line end. */
    private long unfinished(Part part) {
        return part.of.blocks() instanceof PlainBlocks plain ? plain.unfinished() : 0;
    }

    private void add(String file, long line, String what) {
        faultsInAll++;
        if (faults.size() < JournalCheck.Chain.MOST_FAULTS) {
            faults.add(new Fault(file, line, what));
        }
    }

    private CheckpointState state() throws IOException {
        if (checkpoint == null) {
            boolean wasSigned = chain.key() != null
                    && Checkpoint.read(chain.config().seen(), chain.key())
                            .filter(seen -> seen.seq() > 0)
                            .isPresent();
            if (lines > 0 || Files.exists(chain.config().head())) {
                return CheckpointState.MISSING;
            }
            return wasSigned ? CheckpointState.CUT_OFF : CheckpointState.EMPTY;
        }
        if (isOlder) {
            return CheckpointState.OLDER;
        }
        if (metCheckpoint) {
            return CheckpointState.HOLDS;
        }
        return endsBeforeCheckpoint ? CheckpointState.CUT_OFF : CheckpointState.ALTERED;
    }
}
