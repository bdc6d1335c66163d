package kwangmyong.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import kwangmyong.dns.TransferConfig.Secondary;
import kwangmyong.dns.zone.Serial;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneLoader;
import org.jspecify.annotations.Nullable;

/**
 * A zone that comes from another server (RFC 1034 §4.3.5): kept in a file, asked after at its SOA's refresh, more often at retry while the primary does
 * not answer, and no longer served from expire on. Of one thread.
 */
final class SecondaryZone {
    /** How soon it is asked again for a zone that never came, in the lab's time. */
    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

    private static final int REFRESH_FROM_END = 16;
    private static final int RETRY_FROM_END = 12;
    private static final int EXPIRE_FROM_END = 8;

    private final Secondary declared;
    private final Path file;
    private @Nullable Zone zone;
    private Instant askAt;
    private Instant expiresAt;

    SecondaryZone(Secondary declared, Path folder, Instant now) {
        this.declared = declared;
        this.file = folder.resolve(declared.zone() + ".zone");
        this.askAt = now;
        this.expiresAt = Instant.MAX;
        if (Files.isRegularFile(file)) {
            ZoneLoader loader = new ZoneLoader();
            loader.load(declared.zone(), file);
            zone = loader.zones().zones().stream().findFirst().orElse(null);
            if (zone != null) {
                expiresAt = now.plusSeconds(soaNumber(zone, EXPIRE_FROM_END));
            }
        }
    }

    Secondary declared() {
        return declared;
    }

    /** What is served; null where it never came or has expired. */
    @Nullable
    Zone zone() {
        return zone;
    }

    boolean isDue(Instant now) {
        return !now.isBefore(askAt);
    }

    /** Has it asked after at once. */
    void wake(Instant now) {
        askAt = now;
    }

    /** Takes a new version, whose text passes every check of a zone file or is refused. */
    void take(String text, Instant now) throws IOException {
        Path fresh = file.resolveSibling(declared.zone() + ".zone.new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        ZoneLoader loader = new ZoneLoader();
        if (!loader.load(declared.zone(), fresh, kwangmyong.dns.zone.ZoneSet.EMPTY)) {
            throw new IOException(
                    "what came makes no zone: " + loader.faults().get(0).message());
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        zone = loader.zones().zones().get(0);
        isCurrent(now);
    }

    /** The primary says that there is nothing newer. */
    void isCurrent(Instant now) {
        Zone current = Objects.requireNonNull(zone);
        askAt = now.plusSeconds(Math.max(1, soaNumber(current, REFRESH_FROM_END)));
        expiresAt = now.plusSeconds(soaNumber(current, EXPIRE_FROM_END));
    }

    /** The primary could not be asked. */
    void failed(Instant now) {
        askAt = zone == null ? now.plus(FIRST_RETRY) : now.plusSeconds(Math.max(1, soaNumber(zone, RETRY_FROM_END)));
    }

    /** Lets go of it when its time is over; whether it did just now. */
    boolean expire(Instant now) {
        if (zone == null || now.isBefore(expiresAt)) {
            return false;
        }
        zone = null;
        return true;
    }

    /** The serial held; negative without a zone. */
    long serial() {
        return zone == null ? -1 : Serial.of(zone);
    }

    private static long soaNumber(Zone zone, int fromEnd) {
        byte[] data = zone.soa().data(0);
        return Integer.toUnsignedLong(ByteBuffer.wrap(data).getInt(data.length - fromEnd));
    }
}
