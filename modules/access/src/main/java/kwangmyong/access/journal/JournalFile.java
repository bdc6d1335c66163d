package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on disk, written by one thread of its own. Callers never wait: when more events come than can be written, permissions
 * are left out first, then denials, forced events last; how many of each were left out stands in a line of its own.
 */
public final class JournalFile implements Journal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

    private final HandOver handOver;
    private final Tally tally;
    private final JournalWriter writer;
    private final @Nullable Packer packer;
    private final @Nullable FileChannel lock;
    private final int roomForPermissions;
    private final int roomForDenials;

    /** Over files that {@link #open} found or made, or a test. */
    JournalFile(JournalConfig config, LiveSegment live, LineEncoder encoder, LabClock clock) {
        this(config, live, encoder, clock, null, null);
    }

    private JournalFile(
            JournalConfig config,
            LiveSegment live,
            LineEncoder encoder,
            LabClock clock,
            @Nullable Packer packer,
            @Nullable FileChannel lock) {
        this.handOver = new HandOver(config.capacity());
        this.roomForPermissions = config.capacity() / 4 * 3;
        this.roomForDenials = config.capacity() / 8 * 7;
        this.tally = new Tally();
        this.writer = new JournalWriter(config, handOver, tally, live, encoder, clock);
        this.packer = packer;
        this.lock = lock;
    }

    /**
     * Opens a journal, makes it where there is none, and recovers it where the last one to write did not close it.
     *
     * @param lattice that in force, for the words of what was needed and held
     * @throws IOException when the files cannot be used, or another process is writing to them
     */
    public static JournalFile open(JournalConfig config, Supplier<Lattice> lattice, LabClock clock) throws IOException {
        Files.createDirectories(config.folder());
        JournalKey key = JournalKey.in(config.keys());
        FileChannel lock = lock(config);
        try {
            FileChannel channel = FileChannel.open(
                    config.file(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                Files.setPosixFilePermissions(config.file(), PosixFilePermissions.fromString("rw-------"));
                return recovered(config, lattice, clock, key, lock, channel);
            } catch (IOException | RuntimeException failed) {
                channel.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private static JournalFile recovered(
            JournalConfig config,
            Supplier<Lattice> lattice,
            LabClock clock,
            JournalKey key,
            FileChannel lock,
            FileChannel channel)
            throws IOException {
        Recovery.Outcome recovered = Recovery.of(config, channel, key, clock);
        recovered.notes().forEach(note -> LOG.warn("{}: {}", config.file(), note.detail()));
        var encoder = new LineEncoder(lattice, config.maxText(), recovered.last());
        var told = new AtomicReference<@Nullable JournalWriter>();
        var packer = new Packer(config, key, clock, note -> {
            JournalWriter writer = told.get();
            if (writer != null) {
                writer.say(note);
            }
        });
        var live = new LiveSegment(
                config,
                Disk.of(channel),
                recovered.number(),
                recovered.before(),
                new Checkpoints(config.head(), config.seen(), key),
                packer::wake);
        var journal = new JournalFile(config, live, encoder, clock, packer, lock);
        told.set(journal.writer);
        journal.started(recovered.notes());
        packer.wake();
        return journal;
    }

    /** Starts the writer, which begins with {@code notes}. */
    JournalFile started(List<Note> notes) {
        writer.start(notes);
        return this;
    }

    static FileChannel lock(JournalConfig config) throws IOException {
        FileChannel channel = FileChannel.open(config.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException held) {
            channel.close();
            throw new IOException(config.file() + " is open in this process already", held);
        }
        channel.close();
        throw new IOException("another process is writing to " + config.file());
    }

    @Override
    public void record(Event event) {
        var pending = new Pending(event, null);
        boolean denial = pending.isDenial();
        if (!handOver.offer(pending, denial ? roomForDenials : roomForPermissions)) {
            tally.leaveOut(denial);
        }
        writer.wakeIfFull();
    }

    @Override
    public CompletionStage<Void> force(Event event) {
        var forced = new CompletableFuture<Void>();
        writer.expectForced();
        if (writer.isClosed() || !handOver.offer(new Pending(event, forced), handOver.capacity())) {
            writer.forcedTaken();
            String why = writer.isClosed() ? "the journal is closed" : "the journal has no room left";
            forced.completeExceptionally(new IOException(why));
            return forced;
        }
        writer.wake();
        if (writer.hasEnded()) {
            forced.completeExceptionally(
                    new IOException("the journal is closed")); // it may have come after the last was taken
        }
        return forced;
    }

    /** Shows every line that is written from now on to {@code listener}, the one there is. */
    public void showTo(JournalListener listener) {
        writer.showTo(listener);
    }

    /** How it is doing. */
    public Health health() {
        return new Health(
                tally.lines(), tally.folded(), tally.permissionsLeftOut(), tally.denialsLeftOut(), tally.failure());
    }

    /**
     * How a journal is doing since it was opened.
     *
     * @param lines written
     * @param folded events that went into the lines of others
     * @param permissionsLeftOut events that found no room or could not be written, denials apart
     * @param denialsLeftOut the same of denials
     * @param failure why nothing can be written at the moment; null when all is well
     */
    public record Health(
            long lines,
            long folded,
            long permissionsLeftOut,
            long denialsLeftOut,
            @Nullable String failure) {}

    /** Writes what waits, forces it, and gives the files back. Forcing fails from then on. */
    @Override
    public void close() {
        if (packer != null) {
            packer.close();
        }
        writer.close();
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException failure) {
            LOG.debug("the lock goes with the process", failure);
        }
    }
}
