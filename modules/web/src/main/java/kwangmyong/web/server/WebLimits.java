package kwangmyong.web.server;

import java.time.Duration;

/**
 * What a client may ask of a listener. Requests past a limit get the status that says so (413, 414, 431), slow ones are cut.
 *
 * @param requestLineBytes the longest request line
 * @param headerBytes the largest header
 * @param bodyBytes the largest body
 * @param connections open at once over all listeners; further ones are closed as they come
 * @param requestWithin how long a request may take to arrive, from the connection's opening or the reply before, its body included
 * @param idle how long a connection may carry nothing
 */
public record WebLimits(
        int requestLineBytes, int headerBytes, int bodyBytes, int connections, Duration requestWithin, Duration idle) {
    public static final WebLimits DEFAULT =
            new WebLimits(8_192, 16_384, 65_536, 4_096, Duration.ofSeconds(30), Duration.ofSeconds(60));

    public WebLimits {
        positive("requestLineBytes", requestLineBytes);
        positive("headerBytes", headerBytes);
        positive("bodyBytes", bodyBytes);
        positive("connections", connections);
        positive("requestWithin in milliseconds", requestWithin.toMillis());
        positive("idle in milliseconds", idle.toMillis());
    }

    private static void positive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: 1 or more)");
        }
    }
}
