package kwangmyong.dns;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts open connections, in all and by client. */
final class TcpConnections {
    private final DnsConfig.Limits limits;
    private final Map<InetAddress, Integer> byClient = new HashMap<>();
    private int all;

    TcpConnections(DnsConfig.Limits limits) {
        this.limits = limits;
    }

    /** Counts one more; false, and nothing counted, when that is one too many. */
    synchronized boolean open(InetAddress client) {
        int theirs = byClient.getOrDefault(client, 0);
        if (all >= limits.maxConnections() || theirs >= limits.maxConnectionsPerClient()) {
            return false;
        }
        all++;
        byClient.put(client, theirs + 1);
        return true;
    }

    synchronized void closed(InetAddress client) {
        all--;
        byClient.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
    }
}
