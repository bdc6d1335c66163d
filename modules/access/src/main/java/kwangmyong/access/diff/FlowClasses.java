package kwangmyong.access.diff;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.policy.Ports;

/** One flow to an address of every kind that some ports can tell apart. */
final class FlowClasses {
    private static final int MAX_PORT = 65_535;
    /** Any protocol that no rule names; the number is for experiments (RFC 3692). */
    private static final String OTHER = "ip-253";

    private FlowClasses() {}

    static List<Resource.Flow> to(InetAddress address, Collection<Ports> ports) {
        Set<Integer> edges = new TreeSet<>(Set.of(1));
        Set<String> protocols = new TreeSet<>(Set.of("tcp", "udp", "icmp", OTHER));
        for (Ports some : ports) {
            edges.add(Math.max(1, some.first()));
            if (some.last() < MAX_PORT) {
                edges.add(some.last() + 1);
            }
            if (some.protocol() != null) {
                protocols.add(some.protocol());
            }
        }
        List<Resource.Flow> flows = new ArrayList<>();
        for (String protocol : protocols) {
            if (protocol.equals("tcp") || protocol.equals("udp")) {
                edges.forEach(port -> flows.add(new Resource.Flow(address, port, protocol)));
            } else {
                flows.add(new Resource.Flow(address, 0, protocol));
            }
        }
        return flows;
    }
}
