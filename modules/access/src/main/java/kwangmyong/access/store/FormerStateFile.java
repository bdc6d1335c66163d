package kwangmyong.access.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.kernel.place.Addresses;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code access.json}, in which grants, sessions and empty seats were kept before there was a store. Taken over once. */
public final class FormerStateFile {
    static final String NAME = "access.json";

    private static final Logger log = LoggerFactory.getLogger(FormerStateFile.class);
    private static final int VERSION = 1;

    private final Path file;

    /** @param folder that it may be in */
    public FormerStateFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /** Whether there is anything to take over. */
    public boolean exists() {
        return Files.exists(file);
    }

    /** The whole file. */
    record State(int version, List<SavedGrant> grants, List<SavedSession> sessions, List<String> emptySeats) {}

    record SavedGrant(String id, String subject, String added, String from, String until, String reason, String by) {}

    record SavedSession(
            String id,
            String subject,
            String terminal,
            String since,
            @Nullable String until) {}

    /** Puts what is in the file into a store and then renames it. One that cannot be read is set aside under another name, and said. */
    public void takeOver(Store store) {
        if (!exists()) {
            return;
        }
        try {
            List<Change> changes = read();
            store.commit(changes);
            Files.move(file, file.resolveSibling(NAME + ".taken-over"), StandardCopyOption.REPLACE_EXISTING);
            log.info("{}: {} changes are in the store now", file, changes.size());
        } catch (JacksonException | DateTimeException | IllegalArgumentException | NullPointerException unreadable) {
            setAside(String.valueOf(unreadable.getMessage()));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot take over " + file + ": " + failure.getMessage(), failure);
        }
    }

    private List<Change> read() throws IOException {
        State state = JsonMapper.builder().build().readValue(Files.readAllBytes(file), State.class);
        if (state == null || state.version() != VERSION) {
            throw new IllegalArgumentException("it is not of version " + VERSION);
        }
        List<Change> changes = new ArrayList<>();
        for (SavedGrant grant : state.grants()) {
            changes.add(Change.put(new Kept.Grant(
                    grant.id(),
                    grant.subject(),
                    grant.added(),
                    Instant.parse(grant.from()),
                    Instant.parse(grant.until()),
                    grant.reason(),
                    grant.by())));
        }
        for (SavedSession session : state.sessions()) {
            changes.add(Change.put(new Kept.Session(
                    session.id(),
                    session.subject(),
                    Addresses.text(Addresses.parse(session.terminal())),
                    Instant.parse(session.since()),
                    session.until() == null ? null : Instant.parse(session.until()))));
        }
        for (String seat : state.emptySeats()) {
            changes.add(Change.put(new Kept.EmptySeat(Addresses.text(Addresses.parse(seat)))));
        }
        return changes;
    }

    private void setAside(String why) {
        try {
            long written = Files.getLastModifiedTime(file).toMillis();
            Path aside = file.resolveSibling(NAME + ".unreadable-" + written);
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            log.warn("{} cannot be used ({}); set aside as {}, starting without it", file, why, aside.getFileName());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot set aside " + file + ": " + failure.getMessage(), failure);
        }
    }
}
