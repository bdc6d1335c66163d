package kwangmyong.isolation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the closed network consists of.
 *
 * @param services addresses that terminals may speak to directly, whatever the port: the services of the lab
 * @param hosts addresses that the lab holds beside: those of sites, which terminals reach by way of the gateway alone
 * @param resolvers what a terminal's programs ask for names; at least one
 * @param caught where the transparent gateway listens, at most once for each family: every other TCP connection of a terminal is brought there
 * @param authorities certificates in PEM that programs at terminals trust, and no others
 * @param hidden folders that no terminal sees: the state of the lab
 * @param foreignSockets Unix sockets of the machine, which no terminal may reach
 */
public record IsolationConfig(
        List<Terminal> terminals,
        Set<InetAddress> services,
        Set<InetAddress> hosts,
        List<InetAddress> resolvers,
        List<InetSocketAddress> caught,
        List<String> authorities,
        List<Path> hidden,
        List<Path> foreignSockets) {
    public IsolationConfig {
        terminals = List.copyOf(terminals);
        services = Collections.unmodifiableSet(new LinkedHashSet<>(services));
        hosts = Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
        resolvers = List.copyOf(resolvers);
        caught = List.copyOf(caught);
        authorities = List.copyOf(authorities);
        hidden = List.copyOf(hidden);
        foreignSockets = List.copyOf(foreignSockets);
        if (resolvers.isEmpty()) {
            throw new IllegalArgumentException("a terminal without a resolver (expected: an address or more)");
        }
    }
}
