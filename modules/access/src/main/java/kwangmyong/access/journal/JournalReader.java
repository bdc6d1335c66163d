package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import org.jspecify.annotations.Nullable;

/** Reads the journal of a {@link JournalConfig}. Any number of readers may stand beside the one writer; one holds no more than a line. */
public final class JournalReader implements JournalView {
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(50);

    private final Path file;
    private final Path head;
    private final Path keys;

    public JournalReader(JournalConfig config) {
        this.file = config.file();
        this.head = config.head();
        this.keys = config.keys();
    }

    @Override
    public void read(JournalQuery query, Consumer<JournalEntry> sink) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = open()) {
            var lines = new LineScanner(channel, 0);
            while (lines.next()) {
                entry(lines).filter(query::matches).ifPresent(sink);
            }
        }
    }

    @Override
    public List<JournalEntry> last(JournalQuery query, int most) throws IOException {
        Deque<JournalEntry> newest = new ArrayDeque<>();
        read(query, entry -> {
            if (newest.size() == most) {
                newest.pollFirst();
            }
            if (most > 0) {
                newest.addLast(entry);
            }
        });
        return List.copyOf(newest);
    }

    @Override
    public Following follow(JournalQuery query) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no journal at " + file + " yet");
        }
        FileChannel channel = open();
        return new Tail(channel, new LineScanner(channel, startOfUnfinishedLine(channel)), query);
    }

    @Override
    public JournalCheck verify() throws IOException {
        return Verifier.check(file, head, JournalKey.publicIn(keys));
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private static Optional<JournalEntry> entry(LineScanner lines) {
        String line = new String(lines.array(), lines.from(), lines.to() - lines.from(), StandardCharsets.UTF_8);
        return EntryParser.parse(line);
    }

    /** The end of the last whole line, so that following begins with a line and not within one. */
    private static long startOfUnfinishedLine(FileChannel channel) throws IOException {
        long end = channel.size();
        long from = Math.max(0, end - LineScanner.MAX_LINE_BYTES);
        var lines = new LineScanner(channel, from);
        while (lines.end() < end && lines.next()) {
            // only the last line's end counts
        }
        return lines.end();
    }

    private static final class Tail implements Following {
        private final FileChannel channel;
        private final LineScanner lines;
        private final JournalQuery query;

        private Tail(FileChannel channel, LineScanner lines, JournalQuery query) {
            this.channel = channel;
            this.lines = lines;
            this.query = query;
        }

        @Override
        public @Nullable JournalEntry next(Duration wait) throws IOException {
            long deadline = System.nanoTime() + wait.toNanos();
            while (true) {
                while (lines.next()) {
                    Optional<JournalEntry> entry = entry(lines).filter(query::matches);
                    if (entry.isPresent()) {
                        return entry.get();
                    }
                }
                long left = deadline - System.nanoTime();
                if (left <= 0 || Thread.currentThread().isInterrupted()) {
                    return null;
                }
                LockSupport.parkNanos(this, Math.min(left, LOOK_AGAIN_AFTER.toNanos()));
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
