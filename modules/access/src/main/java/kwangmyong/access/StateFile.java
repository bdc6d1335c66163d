package kwangmyong.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happened while the lab ran and outlives it, as one small JSON file: written beside, forced, renamed over the old one, so that a crash
 * at any moment leaves a whole file, the old or the new. Of one thread.
 */
final class StateFile {
    static final String NAME = "access.json";

    private static final Logger log = LoggerFactory.getLogger(StateFile.class);
    private static final int VERSION = 1;

    private final Path file;
    private final JsonMapper json = JsonMapper.builder().build();

    StateFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /**
     * @param version of this form
     * @param emptySeats lab addresses of seats that were left
     */
    record State(int version, List<SavedGrant> grants, List<SavedSession> sessions, List<String> emptySeats) {
        static final State EMPTY = new State(VERSION, List.of(), List.of(), List.of());

        static State of(List<SavedGrant> grants, List<SavedSession> sessions, List<String> emptySeats) {
            return new State(VERSION, grants, sessions, emptySeats);
        }

        boolean isWhole() {
            return version == VERSION && grants != null && sessions != null && emptySeats != null;
        }
    }

    /** A grant, its clearance as words so that it survives a change of the lattice. */
    record SavedGrant(String id, String subject, String added, String from, String until, String reason, String by) {}

    record SavedSession(
            String id,
            String subject,
            String terminal,
            String since,
            @Nullable String until) {
        @Nullable
        Instant end() {
            return until == null ? null : Instant.parse(until);
        }
    }

    /** What was saved last; nothing when there is no file. One that cannot be read is set aside under another name, and said. */
    State load() {
        try {
            if (!Files.exists(file)) {
                return State.EMPTY;
            }
            State state = json.readValue(Files.readAllBytes(file), State.class);
            if (state != null && state.isWhole()) {
                return state;
            }
            setAside("it is not of version " + VERSION + ", or not whole");
        } catch (JacksonException unreadable) {
            setAside(unreadable.getOriginalMessage());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
        return State.EMPTY;
    }

    /** Sets the file aside because of {@code why}; sessions and grants in it are lost to the lab, not to whoever looks. */
    void setAside(String why) {
        try {
            long written = Files.getLastModifiedTime(file).toMillis();
            Path aside = file.resolveSibling(NAME + ".unreadable-" + written);
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            log.warn("{} cannot be used ({}); set aside as {}, starting without it", file, why, aside.getFileName());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot set aside " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** On disk when it returns. */
    void save(State state) {
        Path fresh = file.resolveSibling(NAME + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(state));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot save " + file + ": " + failure.getMessage(), failure);
        }
    }
}
