package kwangmyong.access.store;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps everything in memory, for as long as this object lives: for tests, and for a configuration that nobody runs. */
public final class MemoryStore implements Store {
    private final Contents contents = new Contents();
    private final AtomicLong commits = new AtomicLong();
    private volatile boolean away;

    /** Has it not answer, or answer again, as a database would. */
    public void away(boolean now) {
        away = now;
    }

    @Override
    public <T extends Kept> List<T> all(Class<T> kind) {
        return contents.all(kind);
    }

    @Override
    public <T extends Kept> Optional<T> find(Class<T> kind, String id) {
        return contents.find(kind, id);
    }

    @Override
    public void commit(List<Change> changes) {
        ready();
        later(changes);
        commits.incrementAndGet();
    }

    @Override
    public void ready() {
        if (away) {
            throw new StoreAwayException("it was told to be");
        }
    }

    @Override
    public void later(List<Change> changes) {
        contents.make(changes);
        contents.written(changes);
    }

    @Override
    public void dump(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Table<?> table : Tables.ALL) {
                for (Kept kept : contents.all(table.kind())) {
                    out.write(DumpLine.of(table, kept));
                    out.newLine();
                }
            }
        }
    }

    @Override
    public Health health() {
        return new Health("memory", away ? "it was told to be" : null, 0, commits.get(), 0, 0);
    }

    @Override
    public void close() {
        // nothing is held
    }
}
