package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.kernel.service.LabClock;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a journal goes on after whatever ended it.
 *
 * <p>Behind the checkpoint, a crash may leave half a line, or a block that never reached the disk: from the first line that does not
 * follow, the rest is set aside in a file of its own. Nothing acknowledged is among it, since what is acknowledged was forced and with it all
 * before. Where the file does not hold what the checkpoint says, no crash did that: the lines stay as evidence, and the chain
 * goes on from the checkpoint, so that the gap shows for good.
 */
final class Recovery {
    private final JournalConfig config;
    private final FileChannel channel;
    private final LabClock clock;
    private final Closed closed;
    private final List<Note> notes = new ArrayList<>();

    private Recovery(JournalConfig config, FileChannel channel, LabClock clock, Closed closed) {
        this.config = config;
        this.channel = channel;
        this.clock = clock;
        this.closed = closed;
    }

    /**
     * Where to go on.
     *
     * @param last what the next line follows
     * @param number that the live file has when it is closed
     * @param before what its first line follows
     * @param notes what the journal has to say of it, oldest first
     */
    record Outcome(LineEncoder.Link last, int number, LineEncoder.Link before, List<Note> notes) {}

    /** What was closed before: the number that comes next, and the last line. */
    private record Closed(int next, LineEncoder.Link last) {
        static Closed of(JournalConfig config, JournalKey key) throws IOException {
            LetGo gone = LetGo.read(config.letGo(), key.verifying()).orElse(LetGo.NOTHING);
            List<Segment> segments = new SegmentFolder(config).closed();
            Segment latest = segments.isEmpty() ? null : segments.get(segments.size() - 1);
            if (latest == null || latest.number() <= gone.segment()) {
                return new Closed(gone.segment() + 1, gone.link());
            }
            LineEncoder.Link last = SegmentEnd.read(latest, key.verifying())
                    .map(SegmentEnd::link)
                    .orElse(null);
            return new Closed(latest.number() + 1, last == null ? LastLine.of(latest) : last);
        }
    }

    static Outcome of(JournalConfig config, FileChannel channel, JournalKey key, LabClock clock) throws IOException {
        Checkpoint head = Checkpoint.read(config.head(), key.verifying()).orElse(null);
        Checkpoint seen = Checkpoint.read(config.seen(), key.verifying()).orElse(null);
        Closed closed = Closed.of(config, key);
        var recovery = new Recovery(config, channel, clock, closed);
        boolean older = head != null && seen != null && seen.isLaterThan(head);
        Checkpoint latest = head == null || older ? seen : head;
        LineEncoder.Link last = recovery.goOn(head, latest);
        if (head != null && seen != null && older) {
            recovery.say(
                    "journal-damaged",
                    "the signed checkpoint names line " + head.seq() + ", though line " + seen.seq()
                            + " was signed later: an older one was put in its place");
        }
        int number = latest == null ? closed.next() : Math.max(closed.next(), latest.segment());
        return new Outcome(last, number, closed.last(), List.copyOf(recovery.notes));
    }

    /**
     * @param head that beside the lines; null when it is missing or forged
     * @param latest the latest there is
     */
    private LineEncoder.Link goOn(@Nullable Checkpoint head, @Nullable Checkpoint latest) throws IOException {
        if (latest == null && channel.size() == 0 && !Files.exists(config.head())) {
            return closed.last();
        }
        Checkpoint within = latest == null ? null : within(latest);
        if (head != null && within != null && within.bytes() <= channel.size() && standsAt(within)) {
            return afterCheckpoint(within);
        }
        return afterDamage(head == null, within);
    }

    /** The checkpoint as one of the live file: where a crash came between closing a file and beginning another, it names the end of the closed one. */
    private Checkpoint within(Checkpoint checkpoint) {
        return checkpoint.segment() < closed.next()
                        && checkpoint.seq() <= closed.last().seq()
                ? new Checkpoint(
                        closed.next(), closed.last().seq(), closed.last().id(), 0)
                : checkpoint;
    }

    /** Whether the line that the checkpoint names ends where it says. */
    private boolean standsAt(Checkpoint checkpoint) throws IOException {
        if (checkpoint.bytes() == 0) {
            return checkpoint.seq() == closed.last().seq()
                    && checkpoint.id().equals(closed.last().id());
        }
        long from = Math.max(0, checkpoint.bytes() - LineScanner.MAX_LINE_BYTES - 1);
        var walk = new ChainWalk(channel, from, new LineEncoder.Link(0, Seal.NOTHING_BEFORE), checkpoint);
        while (walk.end() < checkpoint.bytes() && walk.next()) {
            if (walk.metCheckpoint()) {
                return true;
            }
        }
        return false;
    }

    private LineEncoder.Link afterCheckpoint(Checkpoint checkpoint) throws IOException {
        var walk = new ChainWalk(
                channel, checkpoint.bytes(), new LineEncoder.Link(checkpoint.seq(), checkpoint.id()), null);
        LineEncoder.Link last = walk.last();
        long good = checkpoint.bytes();
        while (walk.next() && walk.fault() == null) {
            last = walk.last();
            good = walk.end();
        }
        setAside(good);
        return last;
    }

    private LineEncoder.Link afterDamage(boolean unsigned, @Nullable Checkpoint checkpoint) throws IOException {
        var walk = new ChainWalk(channel, 0, closed.last(), checkpoint);
        boolean more = true;
        while (more) {
            more = walk.next();
        }
        long end = walk.end();
        LineEncoder.Link last = walk.last();
        setAside(end);
        if (unsigned) {
            say("journal-unsigned", "the journal of " + walk.lines() + " lines has no checkpoint that its key signed");
        }
        if (checkpoint == null || (unsigned && walk.metCheckpoint())) {
            return last;
        }
        String what = end < checkpoint.bytes() ? "was cut off" : "was altered";
        say(
                "journal-damaged",
                "the journal " + what + ": its signed checkpoint names line " + checkpoint.seq()
                        + ", the file ends with line " + last.seq());
        return last.seq() > checkpoint.seq() ? last : new LineEncoder.Link(checkpoint.seq(), checkpoint.id());
    }

    /** Moves whatever stands behind {@code good} to a file of its own. */
    private void setAside(long good) throws IOException {
        long torn = channel.size() - good;
        if (torn <= 0) {
            return;
        }
        Path aside = freeName();
        try (FileChannel copy = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long at = good;
            while (at < channel.size()) {
                at += channel.transferTo(at, channel.size() - at, copy);
            }
            copy.force(true);
        }
        channel.truncate(good);
        channel.force(true);
        say("journal-torn", torn + " bytes of an unfinished line were set aside in " + aside.getFileName());
    }

    private Path freeName() {
        int number = 1;
        while (Files.exists(config.folder().resolve("journal.torn-" + number))) {
            number++;
        }
        return config.folder().resolve("journal.torn-" + number);
    }

    private void say(String action, String detail) {
        notes.add(new Note(clock.now(), action, config.file().getFileName().toString(), detail));
    }
}
