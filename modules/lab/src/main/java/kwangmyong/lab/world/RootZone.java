package kwangmyong.lab.world;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * The zone above all of the world's, made from their names, so that a recursive resolver that is told of its server as a root finds each of them
 * (RFC 1034 §4.2.1). One server has them all, at addresses of its own.
 */
final class RootZone {
    /** Where name servers listen, RFC 1035 §4.2. */
    static final int PORT = 53;

    /** In a domain that nobody has, RFC 6761 §6.4: no zone of a lab's world encloses it. */
    private static final String SERVER = "a.root-servers.invalid.";

    private static final int TTL = 3600;

    private RootZone() {}

    /**
     * The text of its master file.
     *
     * @param zones names without a final dot; one within another is left to that one's server, which is the same
     * @param servers addresses of the server
     */
    static String text(List<String> zones, List<InetAddress> servers) {
        StringBuilder text = new StringBuilder("$ORIGIN .\n$TTL " + TTL + "\n");
        text.append(". SOA ").append(SERVER).append(" hostmaster.invalid. 1 7200 3600 1209600 3600\n");
        text.append(". NS ").append(SERVER).append('\n');
        for (InetAddress server : servers) {
            text.append(SERVER)
                    .append(server instanceof Inet4Address ? " A " : " AAAA ")
                    .append(server.getHostAddress())
                    .append('\n');
        }
        zones.stream()
                .filter(zone -> zones.stream().noneMatch(other -> zone.endsWith("." + other)))
                .sorted()
                .forEach(
                        zone -> text.append(zone).append(". NS ").append(SERVER).append('\n'));
        return text.toString();
    }
}
