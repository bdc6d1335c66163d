package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalCursor;
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
    public Reading open(JournalQuery query, Order order, @Nullable JournalCursor from) throws IOException {
        List<JournalEntry> all = new ArrayList<>();
        if (Files.exists(file)) {
            try (FileChannel channel = open()) {
                var lines = new LineScanner(channel, 0);
                while (lines.next()) {
                    entry(lines).ifPresent(all::add);
                }
            }
        }
        if (order == Order.NEWEST_FIRST) {
            Collections.reverse(all);
        }
        long end = all.isEmpty()
                ? 0
                : all.get(order == Order.NEWEST_FIRST ? 0 : all.size() - 1).seq();
        long begin = from == null ? (order == Order.NEWEST_FIRST ? end : 0) : from.seq(JournalEntry.LAB);
        all.removeIf(entry -> order == Order.NEWEST_FIRST ? entry.seq() > begin : entry.seq() <= begin);
        Iterator<JournalEntry> left = all.iterator();
        return new Reading() {
            private long position = begin;

            @Override
            public @Nullable JournalEntry next() {
                while (left.hasNext()) {
                    JournalEntry entry = left.next();
                    position = order == Order.NEWEST_FIRST ? entry.seq() - 1 : entry.seq();
                    if (query.matches(entry)) {
                        return entry;
                    }
                }
                return null;
            }

            @Override
            public JournalCursor position() {
                return JournalCursor.of(position);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Following follow(JournalQuery query) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no journal at " + file + " yet");
        }
        FileChannel channel = open();
        return new Tail(channel, new LineScanner(channel, startOfUnfinishedLine(channel)), query, 0);
    }

    @Override
    public Following follow(JournalQuery query, JournalCursor after) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no journal at " + file + " yet");
        }
        FileChannel channel = open();
        return new Tail(channel, new LineScanner(channel, 0), query, after.seq(JournalEntry.LAB));
    }

    @Override
    public JournalCheck verify(Progress progress) throws IOException {
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

        private long position;

        private Tail(FileChannel channel, LineScanner lines, JournalQuery query, long position) {
            this.channel = channel;
            this.lines = lines;
            this.query = query;
            this.position = position;
        }

        @Override
        public JournalCursor position() {
            return JournalCursor.of(position);
        }

        @Override
        public @Nullable JournalEntry next(Duration wait) throws IOException {
            long deadline = System.nanoTime() + wait.toNanos();
            while (true) {
                while (lines.next()) {
                    JournalEntry entry = entry(lines).orElse(null);
                    if (entry != null && entry.seq() > position) {
                        position = entry.seq();
                        if (query.matches(entry)) {
                            return entry;
                        }
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
