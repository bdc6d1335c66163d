package kwangmyong.dns;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the name server needs.
 *
 * @param listen lab addresses; each is opened over UDP and TCP. Port 0 is any free port, the same for both
 * @param zones what is served; no two of the same name
 * @param sinkholeTtl of the addresses that stand in for the true ones, in seconds
 * @param nsid the name that clients get who ask which server this is (RFC 5001); empty for none
 */
public record DnsConfig(
        List<InetSocketAddress> listen, List<ZoneSource> zones, Limits limits, int sinkholeTtl, String nsid) {
    /** How long clients may remember a sinkhole, in seconds: shorter than it takes to log in. */
    public static final int SINKHOLE_TTL = 5;

    public DnsConfig {
        listen = List.copyOf(listen);
        zones = List.copyOf(zones);
        if (sinkholeTtl < 0) {
            throw new IllegalArgumentException("sinkhole TTL: " + sinkholeTtl + " (expected: 0 or more)");
        }
        if (nsid.length() > 64) {
            throw new IllegalArgumentException("nsid of " + nsid.length() + " characters (expected: at most 64)");
        }
    }

    /** The usual limits and sinkhole TTL, no server name. */
    public DnsConfig(List<InetSocketAddress> listen, List<ZoneSource> zones) {
        this(listen, zones, Limits.DEFAULT, SINKHOLE_TTL, "");
    }

    /**
     * One zone.
     *
     * @param origin its name, with or without a final dot
     * @param file its master file; {@code $INCLUDE} stays within that file's folder
     * @param world whether it lies outside the lab's own network
     */
    public record ZoneSource(String origin, Path file, boolean world) {}

    /**
     * What a client may take.
     *
     * @param udpPayload the largest answer over UDP in octets, 512-4096; RFC 9715 recommends at most 1400, DNS Flag Day 2020 1232
     * @param idle how long a TCP connection may stay without a whole query, and an answer without being taken
     * @param maxConnections over TCP, in all
     * @param maxConnectionsPerClient over TCP, from one address
     * @param maxPendingOctets of answers that a TCP client has not taken; beyond it no query of its is read
     */
    public record Limits(
            int udpPayload, Duration idle, int maxConnections, int maxConnectionsPerClient, int maxPendingOctets) {
        public static final Limits DEFAULT = new Limits(1232, Duration.ofSeconds(10), 2048, 256, 128 * 1024);

        private static final int LEAST_PAYLOAD = 512;
        private static final int MOST_PAYLOAD = 4096;

        public Limits {
            if (udpPayload < LEAST_PAYLOAD || udpPayload > MOST_PAYLOAD) {
                throw new IllegalArgumentException("UDP payload: " + udpPayload + " (expected: 512-4096)");
            }
            if (idle.isNegative() || idle.isZero()) {
                throw new IllegalArgumentException("idle: " + idle + " (expected: more than nothing)");
            }
            if (maxConnections < 1 || maxConnectionsPerClient < 1 || maxPendingOctets < 1) {
                throw new IllegalArgumentException("a limit below 1");
            }
        }
    }
}
