package kwangmyong.gateway;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the gateway takes connections that were meant for others.
 *
 * @param listen lab addresses, one for each family that is caught; at least one
 * @param how what brings connections there
 */
public record TransparentConfig(List<InetSocketAddress> listen, How how) {
    public TransparentConfig {
        listen = List.copyOf(listen);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("a transparent gateway listens nowhere (expected: an address or more)");
        }
    }

    /** How the firewall of the machine hands connections over. */
    public enum How {
        /** {@code tproxy}: untouched; needs CAP_NET_ADMIN. */
        TPROXY,
        /** {@code redirect}: translated; the kernel's connection tracking knows where they were meant for. */
        REDIRECT
    }
}
