package kwangmyong.portal.metrics;

import java.net.InetAddress;
import java.util.List;

/**
 * Where the lab's numbers are shown.
 *
 * @param listen addresses; the machine's own loopback unless a lab says otherwise by name
 * @param port 0-65535; 0 takes any free one
 * @param title of the lab
 */
public record MetricsConfig(List<InetAddress> listen, int port, String title) {
    public static final int PORT = 9090;

    public MetricsConfig {
        listen = List.copyOf(listen);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("metrics listen nowhere (expected: at least one address)");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("metrics port: " + port + " (expected: 0-65535)");
        }
    }
}
