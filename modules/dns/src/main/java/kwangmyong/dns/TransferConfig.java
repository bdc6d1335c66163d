package kwangmyong.dns;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import kwangmyong.dns.tsig.TsigKeys;
import org.jspecify.annotations.Nullable;

/**
 * What transfers between servers need beyond the rules.
 *
 * @param keys by which messages are signed, RFC 8945
 * @param machineTime what signatures are dated by: those who sign are programs, whose clock is the machine's and not the lab's
 * @param told who is told when a zone has a new version
 * @param secondaries zones that come from other servers
 * @param folder where those are kept; null where there are none
 */
public record TransferConfig(
        TsigKeys keys,
        InstantSource machineTime,
        List<Told> told,
        List<Secondary> secondaries,
        @Nullable Path folder) {
    /** No keys, and nobody is told. */
    public static final TransferConfig NONE = new TransferConfig(TsigKeys.NONE, InstantSource.system(), List.of());

    public TransferConfig {
        told = List.copyOf(told);
        secondaries = List.copyOf(secondaries);
        if (folder == null && !secondaries.isEmpty()) {
            throw new IllegalArgumentException("secondary zones, and no folder to keep them in");
        }
    }

    /** No secondary zones. */
    public TransferConfig(TsigKeys keys, InstantSource machineTime, List<Told> told) {
        this(keys, machineTime, told, List.of(), null);
    }

    public TransferConfig withSecondaries(List<Secondary> changed, Path keptIn) {
        return new TransferConfig(keys, machineTime, told, changed, keptIn);
    }

    /**
     * A zone that comes from another server.
     *
     * @param zone its name, without a final dot
     * @param primary a lab address
     * @param key the name of the key that signs the exchange; null for none
     */
    public record Secondary(
            String zone,
            InetSocketAddress primary,
            @Nullable String key) {}

    /**
     * A server that is told (RFC 1996).
     *
     * @param zone a zone's name, or one with a dot before it for all below as well
     * @param address a lab address
     * @param key the name of the key that signs what it is told; null for none
     */
    public record Told(
            String zone,
            InetSocketAddress address,
            @Nullable String key) {
        /** Whether it is told of that zone. */
        boolean isToldOf(String name) {
            return zone.startsWith(".") ? name.equals(zone.substring(1)) || name.endsWith(zone) : name.equals(zone);
        }
    }
}
