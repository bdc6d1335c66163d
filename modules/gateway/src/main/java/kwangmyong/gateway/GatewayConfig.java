package kwangmyong.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import kwangmyong.gateway.cache.CacheConfig;
import kwangmyong.gateway.content.ContentRule;
import kwangmyong.gateway.http.HttpLimits;
import kwangmyong.gateway.quota.QuotaConfig;
import kwangmyong.kernel.place.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway needs to know.
 *
 * @param listen the lab address of the explicit proxy
 * @param tls the lab address of the same over TLS, where HTTP/2 is offered too; null for none
 * @param portal where one logs in and sees one's own denials
 * @param ports the only ports that are fetched from or tunnelled to
 * @param neverReached addresses that no name leads to through the gateway, whatever its data say: terminals, services of the lab.
 *     Loopback, link-local, multicast and unspecified addresses never are; the portal's are for the portal alone
 * @param cache what may be kept of answers; null for nothing
 * @param forwarded what hosts are told of who asks
 * @param quotas what subjects may use; null for anything
 */
public record GatewayConfig(
        InetSocketAddress listen,
        @Nullable InetSocketAddress tls,
        Portal portal,
        Set<Integer> ports,
        List<AddressRange> neverReached,
        HttpLimits http,
        Timeouts timeouts,
        Capacity capacity,
        Streams streams,
        Checks checks,
        List<ContentRule> content,
        @Nullable CacheConfig cache,
        Forwarded forwarded,
        @Nullable QuotaConfig quotas) {
    /** The ports of http and https. */
    public static final Set<Integer> WEB_PORTS = Set.of(80, 443);

    public GatewayConfig {
        content = List.copyOf(content);
        ports = Set.copyOf(ports);
        neverReached = List.copyOf(neverReached);
        for (int port : ports) {
            if (port < 1 || port > Target.MAX_PORT) {
                throw new IllegalArgumentException("port: " + port + " (expected: 1-" + Target.MAX_PORT + ")");
            }
        }
    }

    /** Everything beside addresses as it is by default. */
    public static GatewayConfig of(InetSocketAddress listen, Portal portal, List<AddressRange> neverReached) {
        return new GatewayConfig(
                listen,
                null,
                portal,
                WEB_PORTS,
                neverReached,
                HttpLimits.DEFAULT,
                Timeouts.DEFAULT,
                Capacity.DEFAULT,
                Streams.DEFAULT,
                Checks.DEFAULT,
                List.of(),
                null,
                Forwarded.NONE,
                null);
    }

    public GatewayConfig withPorts(Set<Integer> others) {
        return with(draft -> draft.ports = others);
    }

    public GatewayConfig withListen(InetSocketAddress other) {
        return with(draft -> draft.listen = other);
    }

    public GatewayConfig withTls(@Nullable InetSocketAddress other) {
        return with(draft -> draft.tls = other);
    }

    public GatewayConfig withStreams(Streams others) {
        return with(draft -> draft.streams = others);
    }

    public GatewayConfig withChecks(Checks others) {
        return with(draft -> draft.checks = others);
    }

    public GatewayConfig withContent(List<ContentRule> others) {
        return with(draft -> draft.content = others);
    }

    public GatewayConfig withTimeouts(Timeouts others) {
        return with(draft -> draft.timeouts = others);
    }

    public GatewayConfig withCapacity(Capacity other) {
        return with(draft -> draft.capacity = other);
    }

    public GatewayConfig withCache(@Nullable CacheConfig other) {
        return with(draft -> draft.cache = other);
    }

    public GatewayConfig withForwarded(Forwarded other) {
        return with(draft -> draft.forwarded = other);
    }

    public GatewayConfig withQuotas(@Nullable QuotaConfig other) {
        return with(draft -> draft.quotas = other);
    }

    private GatewayConfig with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return new GatewayConfig(
                draft.listen,
                draft.tls,
                draft.portal,
                draft.ports,
                draft.neverReached,
                draft.http,
                draft.timeouts,
                draft.capacity,
                draft.streams,
                draft.checks,
                draft.content,
                draft.cache,
                draft.forwarded,
                draft.quotas);
    }

    /** A copy of which one part is other. */
    private static final class Draft {
        private InetSocketAddress listen;
        private @Nullable InetSocketAddress tls;
        private Portal portal;
        private Set<Integer> ports;
        private List<AddressRange> neverReached;
        private HttpLimits http;
        private Timeouts timeouts;
        private Capacity capacity;
        private Streams streams;
        private Checks checks;
        private List<ContentRule> content;
        private @Nullable CacheConfig cache;
        private Forwarded forwarded;
        private @Nullable QuotaConfig quotas;

        Draft(GatewayConfig from) {
            this.listen = from.listen;
            this.tls = from.tls;
            this.portal = from.portal;
            this.ports = from.ports;
            this.neverReached = from.neverReached;
            this.http = from.http;
            this.timeouts = from.timeouts;
            this.capacity = from.capacity;
            this.streams = from.streams;
            this.checks = from.checks;
            this.content = from.content;
            this.cache = from.cache;
            this.forwarded = from.forwarded;
            this.quotas = from.quotas;
        }
    }

    /**
     * The portal.
     *
     * @param host its name, lower case
     * @param addresses its lab addresses, of both families
     * @param logIn the page to log in at
     * @param denials the page that lists one's own denials
     */
    public record Portal(String host, List<InetAddress> addresses, URI logIn, URI denials) {
        public Portal {
            addresses = List.copyOf(addresses);
        }

        /** The portal at {@code http://host/} and its pages at their usual places. */
        public static Portal at(String host, List<InetAddress> addresses) {
            URI root = URI.create("http://" + host + "/");
            return new Portal(host, addresses, root, root.resolve("denials"));
        }
    }

    /**
     * How long anything may take, by the machine's clock.
     *
     * @param header from a request's first octet to the end of its head
     * @param body between two parts of a body from a client, or of a client taking what it is sent
     * @param idle of a connection between two requests, on either side
     * @param connect until a host accepts a connection
     * @param response until a host begins to answer, and between two parts of its answer
     * @param tunnel of a tunnel through which nothing goes either way
     * @param linger for a client to close after its last answer
     */
    public record Timeouts(
            Duration header,
            Duration body,
            Duration idle,
            Duration connect,
            Duration response,
            Duration tunnel,
            Duration linger) {
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofSeconds(2));

        public Timeouts {
            for (Duration each : List.of(header, body, idle, connect, response, tunnel, linger)) {
                if (each.isNegative() || each.isZero()) {
                    throw new IllegalArgumentException("time-out: " + each + " (expected: more than nothing)");
                }
            }
        }
    }

    /**
     * How much there may be at once.
     *
     * @param connections from clients; one more is answered 503 and closed
     * @param tunnels among them; one more is answered 503
     * @param spares idle connections kept to one host, on each event loop
     * @param discarded octets of a refused request's body that are read and thrown away so that its connection can be kept
     * @param waiting octets that wait for clients who do not read, on each event loop; past it those who have taken nothing for longest are cut
     */
    public record Capacity(int connections, int tunnels, int spares, long discarded, long waiting) {
        public static final Capacity DEFAULT = new Capacity(20_000, 15_000, 64, 1 << 20, 12 << 20);

        public Capacity {
            if (connections < 1 || tunnels < 0 || spares < 0 || discarded < 0 || waiting < 0) {
                throw new IllegalArgumentException("capacity: a negative number, or no connection at all");
            }
        }
    }

    /**
     * What a client may do on one HTTP/2 connection (RFC 9113 §10.5); past a limit the connection ends with ENHANCE_YOUR_CALM.
     *
     * @param atOnce streams open at once; one more is refused
     * @param connectionWindow octets of request bodies on their way at once, of all streams together; each has 64 KiB
     * @param resets streams reset by the client, or for its faults, within a window
     * @param continuations small CONTINUATION frames to one header section
     * @param queued frames of control that wait for the client to read
     * @param control settings, pings and other frames that ask for nothing, within a window
     * @param window over which the above are counted
     */
    public record Streams(
            int atOnce, int connectionWindow, int resets, int continuations, int queued, int control, Duration window) {
        /** 100 streams, 1 MiB, 200 resets, 16 continuations, 1,000 queued, 1,000 of control in 30 seconds. */
        public static final Streams DEFAULT = new Streams(100, 1 << 20, 200, 16, 1_000, 1_000, Duration.ofSeconds(30));

        public Streams {
            if (atOnce < 1
                    || connectionWindow < 1 << 16
                    || resets < 1
                    || continuations < 1
                    || queued < 1
                    || control < 1) {
                throw new IllegalArgumentException("streams: a limit below its least");
            }
            if (window.toSeconds() < 1) {
                throw new IllegalArgumentException("streams: a window below a second");
            }
        }
    }
}
