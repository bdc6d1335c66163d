package kwangmyong.lab.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import org.jspecify.annotations.Nullable;

/**
 * What a running lab says of itself in its run folder, and the lock that only one can hold. The lock goes with the process, however that ends, so what
 * a killed lab left behind never looks like a running one.
 */
public final class RunFile implements AutoCloseable {
    /** The environment variable in which {@code scripts/kwm} says which process outside holds the namespaces that this one is in. */
    public static final String LAUNCHER = "KWM_LAUNCHER";

    private static final String ABOUT = "lab.properties";
    private static final String LOCK = "lock";

    private final StateFolder state;
    private final FileChannel channel;

    private RunFile(StateFolder state, FileChannel channel) {
        this.state = state;
        this.channel = channel;
    }

    /**
     * A running lab.
     *
     * @param lab the folder it was started from
     * @param pid of the process that everything of the lab ends with
     * @param offset added to each port in loopback mode
     */
    public record About(Path lab, long pid, Mode mode, int offset) {}

    /** How a lab runs. */
    public enum Mode {
        LOOPBACK,
        /** In namespaces of its own, which {@code scripts/kwm} makes before it starts this process in them. */
        ISOLATED,
        /** In a network that a container engine and {@code kwm wires} have made. */
        CONTAINER
    }

    /** Takes the lock and tells of this process; empty when another lab has it. */
    public static Optional<RunFile> claim(StateFolder state, LabFolder lab, Mode mode, int offset) throws IOException {
        FileChannel channel =
                FileChannel.open(state.run().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            return Optional.empty();
        }
        var about = new Properties();
        about.setProperty("lab", lab.folder().toString());
        about.setProperty("pid", Long.toString(pid()));
        about.setProperty("mode", mode.name());
        about.setProperty("offset", Integer.toString(offset));
        Path fresh = state.run().resolve(ABOUT + ".new");
        try (var writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
            about.store(writer, null);
        }
        Files.move(
                fresh, state.run().resolve(ABOUT), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(new RunFile(state, channel));
    }

    /** Of the process that everything else ends with: this one, or the one outside that holds the namespaces that this one is in. */
    private static long pid() {
        String outside = System.getenv(LAUNCHER);
        return outside == null ? ProcessHandle.current().pid() : Long.parseLong(outside);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    /** The lab that runs on this state; empty when none does. */
    public static Optional<About> read(StateFolder state) {
        Path lock = state.run().resolve(LOCK);
        if (!Files.exists(lock)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (isLocked(channel)) {
                return Optional.empty();
            }
            var about = new Properties();
            try (var reader = Files.newBufferedReader(state.run().resolve(ABOUT), StandardCharsets.UTF_8)) {
                about.load(reader);
            }
            return Optional.of(new About(
                    Path.of(about.getProperty("lab", "")),
                    Long.parseLong(about.getProperty("pid", "0")),
                    Mode.valueOf(about.getProperty("mode", Mode.LOOPBACK.name())),
                    Integer.parseInt(about.getProperty("offset", "0"))));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Gives the lock back and takes the files away. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(state.run().resolve(ABOUT));
        Files.deleteIfExists(state.run().resolve(LOCK));
        channel.close();
    }
}
