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
    private final List<Note> notes = new ArrayList<>();

    private Recovery(JournalConfig config, FileChannel channel, LabClock clock) {
        this.config = config;
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * Where to go on.
     *
     * @param last what the next line follows
     * @param notes what the journal has to say of it, oldest first
     */
    record Outcome(LineEncoder.Link last, List<Note> notes) {}

    static Outcome of(JournalConfig config, FileChannel channel, JournalKey key, LabClock clock) throws IOException {
        var recovery = new Recovery(config, channel, clock);
        Checkpoint checkpoint = Checkpoint.read(config.head(), key.verifying()).orElse(null);
        LineEncoder.Link last = recovery.goOn(checkpoint);
        return new Outcome(last, List.copyOf(recovery.notes));
    }

    private LineEncoder.Link goOn(@Nullable Checkpoint checkpoint) throws IOException {
        if (checkpoint == null && channel.size() == 0 && !Files.exists(config.head())) {
            return new LineEncoder.Link(0, Seal.NOTHING_BEFORE);
        }
        if (checkpoint != null && checkpoint.bytes() <= channel.size() && standsAt(checkpoint)) {
            return afterCheckpoint(checkpoint);
        }
        return afterDamage(checkpoint);
    }

    /** Whether the line that the checkpoint names ends where it says. */
    private boolean standsAt(Checkpoint checkpoint) throws IOException {
        if (checkpoint.seq() == 0) {
            return true;
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

    private LineEncoder.Link afterDamage(@Nullable Checkpoint checkpoint) throws IOException {
        var walk = new ChainWalk(channel, 0, new LineEncoder.Link(0, Seal.NOTHING_BEFORE), checkpoint);
        boolean more = true;
        while (more) {
            more = walk.next();
        }
        long end = walk.end();
        LineEncoder.Link last = walk.last();
        setAside(end);
        if (checkpoint == null) {
            say("journal-unsigned", "the journal of " + walk.lines() + " lines has no checkpoint that its key signed");
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
