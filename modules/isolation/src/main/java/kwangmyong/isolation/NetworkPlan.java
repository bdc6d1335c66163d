package kwangmyong.isolation;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the namespaces are joined, as text for {@code ip} and {@code nft}: a routed link to each terminal, with a check of what it says it is, and
 * no other link at all.
 *
 * <pre>
 *   terminal            lab
 *   eth0 ---- veth ---- t0   every service and every site, on lo
 *   eth0 ---- veth ---- t1
 * </pre>
 */
final class NetworkPlan {
    /** Of the lab at each of its links; link-local (RFC 3927), since a link needs no network of its own. */
    private static final String ROUTER = "169.254.0.1";

    private static final String ROUTER_6 = "fe80::1";
    private static final int MARK = 1;
    private static final int TABLE = 100;

    private final IsolationConfig config;

    NetworkPlan(IsolationConfig config) {
        this.config = config;
    }

    /** The lab's end of a terminal's link. */
    String link(int terminal) {
        return "t" + terminal;
    }

    /** Every link that the lab's namespace has; any other would be a way out. */
    Set<String> links() {
        Set<String> links = new TreeSet<>(Set.of("lo"));
        IntStream.range(0, config.terminals().size()).mapToObj(this::link).forEach(links::add);
        return links;
    }

    /** For {@code ip -batch} in the lab's namespace, once. */
    String lab() {
        Stream<String> own = Stream.concat(config.services().stream(), config.hosts().stream())
                .distinct()
                .map(address -> "addr add " + host(address) + " dev lo" + (isV4(address) ? "" : " nodad"));
        return lines(Stream.concat(Stream.of("link set lo up"), own));
    }

    /** For {@code ip -4 -batch} and {@code ip -6 -batch}: what is caught is delivered here, whomever it was for. */
    String caught() {
        return lines(Stream.of(
                "rule add fwmark " + MARK + " lookup " + TABLE, "route add local default dev lo table " + TABLE));
    }

    /**
     * For {@code ip -batch} in the lab's namespace: the link to a terminal.
     *
     * @param process one that is in the terminal's network namespace
     */
    String linkTo(int terminal, long process) {
        String link = link(terminal);
        List<String> lines = new ArrayList<>(List.of(
                "link add " + link + " type veth peer name eth0 netns " + process,
                "link set " + link + " addrgenmode none",
                "addr add " + ROUTER + "/32 dev " + link,
                "addr add " + ROUTER_6 + "/64 dev " + link + " nodad",
                "link set " + link + " up"));
        config.terminals()
                .get(terminal)
                .addresses()
                .forEach(address -> lines.add("route add " + host(address) + " dev " + link));
        return lines(lines.stream());
    }

    /** For {@code ip -batch} in a terminal's namespace. */
    String terminal(int terminal) {
        List<String> lines =
                new ArrayList<>(List.of("link set lo up", "link set eth0 addrgenmode none", "link set eth0 up"));
        for (InetAddress address : config.terminals().get(terminal).addresses()) {
            if (isV4(address)) {
                lines.add("addr add " + host(address) + " dev eth0");
                lines.add("route add " + ROUTER + "/32 dev eth0");
                lines.add("route add default via " + ROUTER + " dev eth0 src " + address.getHostAddress());
            } else {
                lines.add("addr add " + host(address) + " dev eth0 nodad");
                lines.add("route add default via " + ROUTER_6 + " dev eth0");
            }
        }
        return lines(lines.stream());
    }

    /** For {@code nft} in the lab's namespace. The counters say what was stopped, and that nothing left. */
    String firewall() {
        return """
                table inet kwm {
                    counter caught { comment "connections' packets that the gateway takes" }
                    counter spoofed { comment "sent in another's name" }
                    counter refused { comment "to what is no service of the lab" }
                    counter passing { comment "to be routed on" }
                    counter leaving { comment "on a link that is none of the lab's" }
                    chain arriving {
                        type filter hook prerouting priority mangle; policy accept;
                        iifname "lo" accept
                        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
                        icmpv6 type { nd-router-solicit, mld-listener-report, mld-listener-done, mld2-listener-report } drop
                %s        counter name spoofed drop
                    }
                    chain known {
                %s%s    }
                    chain here {
                        type filter hook input priority filter; policy accept;
                        iifname "lo" accept
                        meta mark %d accept
                        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
                        ct state established,related accept
                %s        counter name refused reject
                    }
                    chain onwards {
                        type filter hook forward priority filter; policy drop;
                        counter name passing reject
                    }
                    chain leaving {
                        type filter hook output priority filter; policy accept;
                        oifname { %s } accept
                        counter name leaving drop
                    }
                }
                """.formatted(
                        sources(),
                        accept("        "),
                        tproxy(),
                        MARK,
                        accept("        "),
                        links().stream().map(link -> '"' + link + '"').collect(Collectors.joining(", ")));
    }

    /** A terminal speaks as nobody else. */
    private String sources() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < config.terminals().size(); i++) {
            for (InetAddress address : config.terminals().get(i).addresses()) {
                rules.append("        iifname \"%s\" %s saddr %s goto known\n"
                        .formatted(link(i), family(address), address.getHostAddress()));
            }
        }
        return rules.toString();
    }

    private String accept(String indent) {
        return Stream.of("ip", "ip6")
                .map(family -> set(family, indent + family + " daddr { %s } accept\n"))
                .collect(Collectors.joining());
    }

    private String set(String family, String rule) {
        String addresses = config.services().stream()
                .filter(address -> family(address).equals(family))
                .map(InetAddress::getHostAddress)
                .collect(Collectors.joining(", "));
        return addresses.isEmpty() ? "" : rule.formatted(addresses);
    }

    private String tproxy() {
        StringBuilder rules = new StringBuilder();
        for (InetSocketAddress listener : config.caught()) {
            InetAddress address = listener.getAddress();
            rules.append(isV4(address) ? "        meta nfproto ipv4" : "        meta nfproto ipv6")
                    .append(" meta l4proto tcp tproxy %s to %s:%d meta mark set %d counter name caught accept\n"
                            .formatted(
                                    family(address),
                                    isV4(address) ? address.getHostAddress() : "[" + address.getHostAddress() + "]",
                                    listener.getPort(),
                                    MARK));
        }
        return rules.toString();
    }

    /** The text of a terminal's {@code resolv.conf(5)}. */
    String resolver() {
        return lines(config.resolvers().stream().map(address -> "nameserver " + address.getHostAddress()));
    }

    /** The text of a terminal's {@code hosts(5)}: nothing but itself. */
    String hosts(int terminal) {
        Terminal own = config.terminals().get(terminal);
        Stream<String> itself = own.addresses().stream().map(address -> address.getHostAddress() + " " + own.name());
        return lines(Stream.concat(Stream.of("127.0.0.1 localhost", "::1 localhost ip6-localhost"), itself));
    }

    /** Whether any terminal has an address of a family. */
    boolean has(Predicate<InetAddress> family) {
        return config.terminals().stream()
                .flatMap(terminal -> terminal.addresses().stream())
                .anyMatch(family);
    }

    private static String lines(Stream<String> lines) {
        return lines.map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String host(InetAddress address) {
        return address.getHostAddress() + (isV4(address) ? "/32" : "/128");
    }

    private static String family(InetAddress address) {
        return isV4(address) ? "ip" : "ip6";
    }

    private static boolean isV4(InetAddress address) {
        return address instanceof Inet4Address;
    }
}
