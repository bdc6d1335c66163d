package kwangmyong.api;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import kwangmyong.kernel.place.AddressRange;

/**
 * From where the API answers, and its limits.
 *
 * @param plaintext whether tokens are taken without TLS: in loopback mode, where nothing leaves the machine
 * @param from lab addresses that it answers; empty for all that belong to no attachment, as subjects' terminals do, and in loopback mode for the
 *     machine itself
 * @param gateways lab addresses that the gateway may speak from, besides this machine's own
 * @param limits of what clients may ask at once
 */
public record ApiConfig(boolean plaintext, List<AddressRange> from, Set<InetAddress> gateways, Limits limits) {
    public ApiConfig {
        from = List.copyOf(from);
        gateways = Set.copyOf(gateways);
    }

    /**
     * What clients may ask at once.
     *
     * @param threads requests that are answered at once
     * @param waiting requests that wait for a thread; further ones get 503
     * @param burst requests of one token, or of one address without, at once; further ones get 429
     * @param perSecond requests of one token or address in the long run
     * @param streams of events at once
     * @param streamsOfOne of one token
     * @param heartbeat how long a stream says nothing before it says that it is there
     * @param patience how long a reader of a stream may take nothing before it is cut
     * @param remembered answers kept for requests that are repeated with the same Idempotency-Key
     */
    public record Limits(
            int threads,
            int waiting,
            int burst,
            int perSecond,
            int streams,
            int streamsOfOne,
            Duration heartbeat,
            Duration patience,
            int remembered) {
        public static final Limits DEFAULT =
                new Limits(4, 64, 400, 100, 16, 4, Duration.ofSeconds(15), Duration.ofSeconds(10), 1_000);

        public Limits {
            for (int limit : new int[] {threads, waiting, burst, perSecond, streams, streamsOfOne, remembered}) {
                if (limit < 1) {
                    throw new IllegalArgumentException("a limit of the API: " + limit + " (expected: 1 or more)");
                }
            }
            if (heartbeat.toMillis() < 1 || patience.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "heartbeat: " + heartbeat + ", patience: " + patience + " (expected: more than nothing)");
            }
        }
    }
}
