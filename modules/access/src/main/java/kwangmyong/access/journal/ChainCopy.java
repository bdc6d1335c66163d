package kwangmyong.access.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.remote.ChainCopies;
import kwangmyong.kernel.service.LabClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller's copy of a service's chain, in a folder of its own below the lab's journal. Every line is checked before it is taken: it must follow the last one and be what
 * its id says. The copy's checkpoints are signed by a key of the controller's: they say what it got, from a service that proved who it is.
 */
final class ChainCopy implements ChainCopies.Copy {
    private static final Logger LOG = LoggerFactory.getLogger(ChainCopy.class);

    private final LiveSegment live;
    private final FileChannel lock;
    private final Seal seal = new Seal();
    private LineEncoder.Link last;

    private ChainCopy(LiveSegment live, FileChannel lock, LineEncoder.Link last) {
        this.live = live;
        this.lock = lock;
        this.last = last;
    }

    /** Opens a copy, and recovers it where the last one to write did not close it: what was torn is fetched again. */
    static ChainCopy open(JournalConfig config, LabClock clock) throws IOException {
        Files.createDirectories(config.folder());
        JournalKey key = JournalKey.in(config.keys());
        FileChannel lock = JournalFile.lock(config);
        try {
            FileChannel channel = FileChannel.open(
                    config.file(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                Files.setPosixFilePermissions(config.file(), PosixFilePermissions.fromString("rw-------"));
                Recovery.Outcome recovered = Recovery.of(config, channel, key, clock);
                recovered.notes().forEach(note -> LOG.warn("{}: {}", config.file(), note.detail()));
                var live = new LiveSegment(
                        config,
                        Disk.of(channel),
                        recovered.number(),
                        recovered.before(),
                        new Checkpoints(config.head(), config.seen(), key),
                        () -> {});
                return new ChainCopy(live, lock, recovered.last());
            } catch (IOException | RuntimeException failed) {
                channel.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    @Override
    public long last() {
        return last.seq();
    }

    @Override
    public void add(List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        var bytes = new ByteArrayOutputStream();
        LineEncoder.Link end = last;
        for (String line : lines) {
            end = checked(line, end);
            bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
            bytes.write('\n');
        }
        live.mendIfRagged();
        live.turnIfDue(last, time(lines.get(0)));
        long size = live.size();
        try {
            live.append(ByteBuffer.wrap(bytes.toByteArray()));
            live.force();
        } catch (IOException failed) {
            live.backTo(size);
            throw failed;
        }
        last = end;
        if (live.isCheckpointDue()) {
            live.checkpoint(last);
        }
    }

    private LineEncoder.Link checked(String line, LineEncoder.Link before) throws IOException {
        byte[] octets = line.getBytes(StandardCharsets.UTF_8);
        Seal.Link link = seal.read(octets, 0, octets.length);
        if (link == null || !link.holds() || line.indexOf('\n') >= 0) {
            throw new IOException(
                    "what comes behind line " + before.seq() + " is no line of a journal, or was altered");
        } else if (link.seq() != before.seq() + 1 || !link.prev().equals(before.id())) {
            throw new IOException("line " + link.seq() + " does not follow line " + before.seq()
                    + ": the service's journal is not the one that was fetched before");
        }
        return new LineEncoder.Link(link.seq(), link.id());
    }

    private static Instant time(String line) {
        try {
            return EntryParser.parse(JournalEntry.LAB, line)
                    .map(entry -> Instant.parse(String.valueOf(entry.get("time"))))
                    .orElse(Instant.EPOCH);
        } catch (DateTimeParseException odd) {
            return Instant.EPOCH; // it is only asked whether a day has ended
        }
    }

    @Override
    public void close() throws IOException {
        try {
            live.checkpoint(last);
            live.close();
        } finally {
            lock.close();
        }
    }
}
