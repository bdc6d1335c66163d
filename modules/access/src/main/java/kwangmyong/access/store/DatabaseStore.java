package kwangmyong.access.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps everything in a database and in memory too. One connection writes. When the database does not answer, a change waits
 * for a while and is then refused; while it stays away the next are refused at once. A thread of this store's own connects again, and first writes
 * what may be on disk without having been acknowledged the way it was.
 */
public final class DatabaseStore implements Store {
    private static final Logger log = LoggerFactory.getLogger(DatabaseStore.class);

    private static final long LOOK_EVERY_MILLIS = 250;
    private static final long WRITE_LATER_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StoreConfig config;
    private final Database database;
    private final WritingEnd end;
    private final Contents contents = new Contents();
    private final Commits commits = new Commits();
    private final Absence absence;
    private final Thread tending = new Thread(this::tend, "kwm-store");

    /** Held while the connection is used. */
    private final Object writing = new Object();

    private volatile boolean closed;
    private volatile long laterSinceNanos;
    private volatile boolean laterWaits;

    private DatabaseStore(StoreConfig config, Database database) {
        this.config = config;
        this.database = database;
        this.end = new WritingEnd(database);
        this.absence = new Absence(config.where(), config.patience());
        tending.setDaemon(true);
    }

    /**
     * Opens a store, makes it where there is none, and reads what it keeps.
     *
     * @throws StoreException when it cannot be used; the message says why in one sentence
     */
    public static DatabaseStore open(StoreConfig config) {
        String server = config.server();
        return open(
                config, server == null ? new EmbeddedDatabase(config.folder()) : new ServerDatabase(config, server));
    }

    /** Whether a folder holds the embedded database. */
    public static boolean isThere(Path folder) {
        return Files.exists(EmbeddedDatabase.file(folder));
    }

    static DatabaseStore open(StoreConfig config, Database database) {
        var store = new DatabaseStore(config, database);
        try {
            store.load();
        } catch (SQLException failure) {
            store.end.drop();
            throw new StoreException(
                    "the store cannot be opened: " + config.where() + ": " + Sentences.of(failure), failure);
        } catch (RuntimeException failure) {
            store.end.drop();
            throw failure;
        }
        store.tending.start();
        return store;
    }

    private void load() throws SQLException {
        Connection writer = connectedOnceFree();
        if (!Migrations.isCurrent(writer)) {
            database.migrate();
        }
        Rows.load(writer, contents::load);
        writer.rollback();
    }

    /** A server takes a moment to notice that the one before was killed. */
    private Connection connectedOnceFree() throws SQLException {
        long begun = System.nanoTime();
        while (true) {
            try {
                return end.open();
            } catch (Database.TakenException taken) {
                if (System.nanoTime() - begun > config.patience().toNanos()) {
                    throw taken;
                }
                synchronized (writing) {
                    waitABit();
                }
            }
        }
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
        if (changes.isEmpty()) {
            return;
        }
        synchronized (writing) {
            ready();
            Contents.Undoing undoing = contents.make(changes);
            try {
                writeWithPatience();
            } catch (StoreAwayException unsure) {
                contents.undoUnsure(undoing);
                throw unsure;
            } catch (StoreException refused) {
                contents.undo(undoing);
                throw refused;
            }
        }
    }

    @Override
    public void later(List<Change> changes) {
        if (!changes.isEmpty()) {
            contents.make(changes);
            if (!laterWaits) {
                laterSinceNanos = System.nanoTime();
                laterWaits = true;
            }
        }
    }

    @Override
    public void ready() {
        if (closed) {
            throw new StoreAwayException("it is closed");
        }
        absence.check();
    }

    /** With the lock. */
    private void writeWithPatience() {
        long begun = System.nanoTime();
        while (true) {
            try {
                write();
                return;
            } catch (SQLException failure) {
                if (!database.isAway(failure)) {
                    throw new StoreException("the store does not take it: " + Sentences.of(failure), failure);
                }
                lost(failure);
                if (System.nanoTime() - begun > config.patience().toNanos()) {
                    throw new StoreAwayException(Sentences.of(failure));
                }
                waitABit();
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // whoever is woken early only looks early
    private void waitABit() {
        try {
            writing.wait(LOOK_EVERY_MILLIS); // gives the lock to whoever closes
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StoreAwayException("whoever waited was stopped");
        }
        if (closed) {
            throw new StoreAwayException("it is closed");
        }
    }

    /** One transaction with all that waits. With the lock. */
    private void write() throws SQLException {
        laterWaits = false; // what comes from here on has a second of its own
        List<Change> changes = contents.unwritten();
        if (changes.isEmpty()) {
            return;
        }
        long begun = System.nanoTime();
        Connection writer = end.open();
        try {
            Rows.write(writer, changes);
            writer.commit();
            database.force(writer);
        } catch (SQLException failure) {
            end.rollBack();
            throw failure;
        }
        contents.written(changes);
        commits.made(System.nanoTime() - begun);
        absence.ends();
    }

    private void lost(SQLException why) {
        end.drop();
        absence.begins(Sentences.of(why));
    }

    /** Writes what nobody waits for, and looks for a database that is away. */
    private void tend() {
        synchronized (writing) {
            while (!closed) {
                try {
                    writing.wait(LOOK_EVERY_MILLIS);
                    boolean due = laterWaits && System.nanoTime() - laterSinceNanos > WRITE_LATER_WITHIN_NANOS / 2;
                    if (!closed && (absence.lasts() || due)) {
                        lookAgain();
                    }
                } catch (InterruptedException stopped) {
                    return;
                }
            }
        }
    }

    private void lookAgain() {
        try {
            if (absence.lasts() && contents.waiting() == 0) {
                end.open();
                absence.ends();
            }
            write();
        } catch (SQLException failure) {
            if (database.isAway(failure)) {
                lost(failure);
            } else {
                log.error("what nobody waits for cannot be kept: {}", Sentences.of(failure), failure);
            }
        }
    }

    @Override
    public void dump(Path file) throws IOException {
        synchronized (writing) {
            try {
                write(); // so that what nobody waits for is in it too
            } catch (SQLException failure) {
                throw new StoreAwayException(Sentences.of(failure));
            }
        }
        try (Connection reader = database.connect()) {
            Rows.dump(reader, file);
        } catch (SQLException failure) {
            throw new IOException("the store cannot be read: " + Sentences.of(failure), failure);
        }
    }

    @Override
    public Health health() {
        return new Health(
                config.where(),
                absence.why(),
                contents.waiting(),
                commits.count(),
                commits.nanos(),
                commits.lastNanos());
    }

    @Override
    public void close() {
        synchronized (writing) {
            if (closed) {
                return;
            }
            try {
                write();
            } catch (SQLException failure) {
                log.warn(
                        "the store was away when it was closed; {} changes that nobody waited for are lost",
                        contents.waiting(),
                        failure);
            }
            closed = true;
            end.drop();
            writing.notifyAll();
        }
    }
}
