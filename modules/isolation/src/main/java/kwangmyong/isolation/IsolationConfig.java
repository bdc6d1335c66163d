package kwangmyong.isolation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the closed network consists of.
 *
 * @param services addresses that terminals may speak to directly, whatever the port: the services of the lab
 * @param hosts addresses that the lab holds beside: those of sites inside, which terminals reach by way of the gateway alone
 * @param resolvers what programs beside the lab's services ask for names; at least one
 * @param world what lies outside; null for nothing
 * @param caught where the transparent gateway listens, at most once for each family: TCP connections of terminals are brought there
 * @param authorities certificates in PEM that programs at every place trust, and no others
 * @param hidden folders that no place sees: the state of the lab
 * @param scratch a folder of which each place sees the one part that bears its name, even within what is hidden
 * @param foreignSockets Unix sockets of the machine, which no place may reach
 */
public record IsolationConfig(
        List<Terminal> terminals,
        Set<InetAddress> services,
        Set<InetAddress> hosts,
        List<InetAddress> resolvers,
        @Nullable World world,
        List<InetSocketAddress> caught,
        List<String> authorities,
        List<Path> hidden,
        Path scratch,
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
            throw new IllegalArgumentException("a network without a resolver (expected: an address or more)");
        }
        if (world != null) {
            for (InetAddress address : world.addresses()) {
                if (services.contains(address) || hosts.contains(address)) {
                    throw new IllegalArgumentException(
                            "the address " + address.getHostAddress() + " is both inside and in the world");
                }
            }
        }
    }

    /** The same with other terminals. */
    public IsolationConfig with(List<Terminal> others) {
        return new IsolationConfig(
                others, services, hosts, resolvers, world, caught, authorities, hidden, scratch, foreignSockets);
    }
}
