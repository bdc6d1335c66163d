package kwangmyong.dns;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import kwangmyong.dns.sign.SigningPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What the name server needs.
 *
 * @param listen lab addresses; each is opened over UDP and TCP. Port 0 is any free port, the same for both
 * @param zones what is served; no two of the same name
 * @param sinkholeTtl of the addresses that stand in for the true ones, in seconds
 * @param nsid the name that clients get who ask which server this is (RFC 5001, RFC 4892); empty for none
 * @param encrypted DNS over TLS and over HTTPS
 * @param cookies what is made of DNS cookies
 * @param resolvers further addresses, each for the terminals of one attachment
 * @param keys the folder of the keys that sign zones, made when there is none; null where none is signed
 * @param transfers keys of signed transfers
 */
public record DnsConfig(
        List<InetSocketAddress> listen,
        List<ZoneSource> zones,
        Limits limits,
        int sinkholeTtl,
        String nsid,
        Encrypted encrypted,
        Cookies cookies,
        @Nullable Path keys,
        List<Resolver> resolvers,
        TransferConfig transfers) {
    /** How long clients may remember a sinkhole, in seconds: shorter than it takes to log in. */
    public static final int SINKHOLE_TTL = 5;

    public DnsConfig {
        listen = List.copyOf(listen);
        zones = List.copyOf(zones);
        resolvers = List.copyOf(resolvers);
        if (sinkholeTtl < 0) {
            throw new IllegalArgumentException("sinkhole TTL: " + sinkholeTtl + " (expected: 0 or more)");
        }
        if (nsid.length() > 64) {
            throw new IllegalArgumentException("nsid of " + nsid.length() + " characters (expected: at most 64)");
        }
        if (keys == null && zones.stream().anyMatch(zone -> zone.signing() != null)) {
            throw new IllegalArgumentException("zones to sign, and no folder for their keys");
        }
    }

    /** The usual limits and sinkhole TTL, no server name, nothing encrypted, cookies offered, no zone signed. */
    public DnsConfig(List<InetSocketAddress> listen, List<ZoneSource> zones) {
        this(listen, zones, Limits.DEFAULT, SINKHOLE_TTL, "");
    }

    /** Nothing encrypted, cookies offered, no zone signed. */
    public DnsConfig(
            List<InetSocketAddress> listen, List<ZoneSource> zones, Limits limits, int sinkholeTtl, String nsid) {
        this(
                listen,
                zones,
                limits,
                sinkholeTtl,
                nsid,
                Encrypted.NONE,
                Cookies.OFFERED,
                null,
                List.of(),
                TransferConfig.NONE);
    }

    public DnsConfig withEncrypted(Encrypted changed) {
        return new DnsConfig(listen, zones, limits, sinkholeTtl, nsid, changed, cookies, keys, resolvers, transfers);
    }

    /** With the folder of the keys that sign zones, and zones that are signed. */
    public DnsConfig signing(List<ZoneSource> changed, Path folder) {
        return new DnsConfig(
                listen, changed, limits, sinkholeTtl, nsid, encrypted, cookies, folder, resolvers, transfers);
    }

    public DnsConfig withCookies(Cookies changed) {
        return new DnsConfig(listen, zones, limits, sinkholeTtl, nsid, encrypted, changed, keys, resolvers, transfers);
    }

    public DnsConfig withResolvers(List<Resolver> changed) {
        return new DnsConfig(listen, zones, limits, sinkholeTtl, nsid, encrypted, cookies, keys, changed, transfers);
    }

    public DnsConfig withTransfers(TransferConfig changed) {
        return new DnsConfig(listen, zones, limits, sinkholeTtl, nsid, encrypted, cookies, keys, resolvers, changed);
    }

    /**
     * An address at which the terminals of one attachment ask, and nobody else is answered.
     *
     * @param attachment its name
     * @param zones the only ones served there, by name without a final dot; empty for all
     */
    public record Resolver(InetSocketAddress listen, String attachment, Set<String> zones) {
        public Resolver {
            zones = Set.copyOf(zones);
        }
    }

    /**
     * The encrypted ways in, RFC 7858 and RFC 8484.
     *
     * @param names that the server's certificate speaks for beside its addresses
     */
    public record Encrypted(Door tls, Door https, List<String> names) {
        /** Neither is there. */
        public static final Encrypted NONE =
                new Encrypted(new Door(List.of(), Offer.OFFERED), new Door(List.of(), Offer.OFFERED), List.of());

        public Encrypted {
            names = List.copyOf(names);
        }
    }

    /**
     * One way in.
     *
     * @param listen lab addresses; none where it is not there at all
     */
    public record Door(List<InetSocketAddress> listen, Offer offer) {
        public Door {
            listen = List.copyOf(listen);
        }
    }

    /** What becomes of a connection. */
    public enum Offer {
        OFFERED,
        /** It is reset as soon as the client says anything, as censors do at a TLS ClientHello. */
        RESET,
        /** Nothing ever comes back, until the idle time has passed. */
        SILENCE
    }

    /** What is made of DNS cookies, RFC 7873. */
    public enum Cookies {
        OFF,
        /** Whoever sends one gets one; nobody needs one. */
        OFFERED,
        /** Over UDP, whoever sends a client's cookie needs ours as well, or gets BADCOOKIE with it (RFC 7873 §5.2.3). */
        REQUIRED
    }

    /**
     * One zone.
     *
     * @param origin its name, with or without a final dot
     * @param file its master file; {@code $INCLUDE} stays within that file's folder
     * @param world whether it lies outside the lab's own network
     * @param signing how it is signed here; null for a zone that is served as its file has it
     */
    public record ZoneSource(
            String origin,
            Path file,
            boolean world,
            @Nullable SigningPolicy signing) {
        /** Not signed here. */
        public ZoneSource(String origin, Path file, boolean world) {
            this(origin, file, world, null);
        }
    }

    /**
     * What a client may take.
     *
     * @param udpPayload the largest answer over UDP in octets, 512-4096; RFC 9715 recommends at most 1400, DNS Flag Day 2020 1232
     * @param idle how long a TCP connection may stay without a whole query, and an answer without being taken
     * @param maxConnections over TCP, in all
     * @param maxConnectionsPerClient over TCP, from one address
     * @param maxPendingOctets of answers that a TCP client has not taken; beyond it no query of its is read
     * @param rate of answers over UDP to one network
     */
    public record Limits(
            int udpPayload,
            Duration idle,
            int maxConnections,
            int maxConnectionsPerClient,
            int maxPendingOctets,
            RateLimit rate) {
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

        /** Without a limit of rate. */
        public Limits(
                int udpPayload, Duration idle, int maxConnections, int maxConnectionsPerClient, int maxPendingOctets) {
            this(udpPayload, idle, maxConnections, maxConnectionsPerClient, maxPendingOctets, RateLimit.OFF);
        }

        public Limits withRate(RateLimit changed) {
            return new Limits(udpPayload, idle, maxConnections, maxConnectionsPerClient, maxPendingOctets, changed);
        }
    }

    /**
     * How many answers over UDP one network gets, so that nobody has a flood of them sent to a victim whose address they forge. Each socket
     * of the server counts for itself.
     *
     * @param responsesPerSecond of each kind (positive, referral, no data, no name, error), 0-1000000; 0 for no limit
     * @param slip of the answers past the limit every so manieth is sent truncated, the others not at all; 0 for none, 1 for all
     * @param ipv4Prefix of the network, 1-32
     * @param ipv6Prefix of the network, 1-64
     */
    public record RateLimit(int responsesPerSecond, int slip, int ipv4Prefix, int ipv6Prefix) {
        public static final RateLimit OFF = new RateLimit(0, 2, 24, 56);

        private static final int MOST_RESPONSES = 1_000_000;
        private static final int MOST_SLIP = 10;

        public RateLimit {
            requireWithin("responses per second", responsesPerSecond, 0, MOST_RESPONSES);
            requireWithin("slip", slip, 0, MOST_SLIP);
            requireWithin("IPv4 prefix", ipv4Prefix, 1, Integer.SIZE);
            requireWithin("IPv6 prefix", ipv6Prefix, 1, Long.SIZE);
        }

        private static void requireWithin(String what, int number, int least, int most) {
            if (number < least || number > most) {
                throw new IllegalArgumentException(what + ": " + number + " (expected: " + least + "-" + most + ")");
            }
        }

        public boolean isOn() {
            return responsesPerSecond > 0;
        }
    }
}
