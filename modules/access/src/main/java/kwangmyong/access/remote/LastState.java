package kwangmyong.access.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a service knew last, in a file, for a start while the controller is away. */
final class LastState {
    static final String NAME = "controller.json";

    private static final Logger log = LoggerFactory.getLogger(LastState.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final InstantSource machine;

    LastState(Path folder, InstantSource machine) {
        this.file = folder.resolve(NAME);
        this.machine = machine;
    }

    /**
     * What was known.
     *
     * @param policy with its grants
     * @param present who was where
     * @param lab what the lab's clock showed
     * @param machine what the machine's clock showed then
     * @param seal the key by which sites are told who asks, Base64
     */
    record Known(
            int version,
            Policy policy,
            String hash,
            List<Session> present,
            Instant lab,
            double speed,
            Instant machine,
            String seal) {
        Known {
            if (version != Message.VERSION) {
                throw new IllegalArgumentException("version " + version + " (expected: " + Message.VERSION + ")");
            }
            present = List.copyOf(present);
        }

        /** The seal's octets. */
        byte[] key() {
            return Base64.getDecoder().decode(seal);
        }

        /** What the lab's clock shows, if it went on meanwhile. */
        Instant labAt(Instant now) {
            Duration passed = Duration.between(machine, now);
            return passed.isNegative() ? lab : lab.plusNanos((long) (passed.toNanos() * speed));
        }
    }

    Instant machineNow() {
        return machine.instant();
    }

    /** Empty when there is none that this program can read, which is said. */
    Optional<Known> read() {
        try {
            return Files.exists(file)
                    ? Optional.ofNullable(
                            (Known) ValueCodec.decode(JSON.readTree(Files.readAllBytes(file)), Known.class))
                    : Optional.empty();
        } catch (IOException | JacksonException | IllegalArgumentException unreadable) {
            log.warn("{} cannot be used: {}", file, unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** Whole or not at all. */
    void write(Known known) throws IOException {
        Path fresh = file.resolveSibling(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(ValueCodec.encode(known, Known.class)));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
