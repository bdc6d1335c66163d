package kwangmyong.isolation;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;

/**
 * How the namespaces are joined, as text for {@code ip}: a routed link to each terminal and one to the world by way of the border, and no
 * other link at all.
 *
 * <pre>
 *   terminal            lab             border            world
 *   eth0 ---- veth ---- t0   w0 ------- in
 *   eth0 ---- veth ---- t1                 out ------ eth0   sites, names and hosting, on lo
 *                       every service and every site inside, on lo
 * </pre>
 */
final class NetworkPlan {
    /** The lab's end of the link to the world. */
    static final String TO_WORLD = "w0";

    /** The one link of a terminal, and of the world. */
    static final String OWN = "eth0";

    /** Brought to the transparent gateway. */
    static final int CAUGHT_MARK = 1;

    /** Of the lab at each of its links; link-local (RFC 3927), since a link needs no network of its own. */
    private static final String ROUTER = "169.254.0.1";

    private static final String ROUTER_6 = "fe80::1";

    /** Of the world at its one link. */
    private static final String WORLD = "169.254.0.2";

    private static final String WORLD_6 = "fe80::2";
    private static final int TABLE = 100;

    private final IsolationConfig config;

    NetworkPlan(IsolationConfig config) {
        this.config = config;
    }

    /** The lab's end of a terminal's link. */
    static String link(int terminal) {
        return "t" + terminal;
    }

    /** Every link that the lab's namespace has; any other would be a way out. */
    Set<String> links() {
        Set<String> links = new TreeSet<>(Set.of("lo"));
        IntStream.range(0, config.terminals().size())
                .mapToObj(NetworkPlan::link)
                .forEach(links::add);
        if (config.world() != null) {
            links.add(TO_WORLD);
        }
        return links;
    }

    /** The links between which packets are routed: none, unless there is a terminal that has the world within reach. */
    Set<String> routed() {
        Set<String> routed = new TreeSet<>();
        for (int i = 0; i < config.terminals().size(); i++) {
            if (reachesWorld(i)) {
                routed.add(link(i));
            }
        }
        if (!routed.isEmpty()) {
            routed.add(TO_WORLD);
        }
        return routed;
    }

    /** Whether any packet of a terminal is routed to the world. */
    boolean reachesWorld(int terminal) {
        return config.world() != null
                && !config.terminals().get(terminal).caught().all();
    }

    /** For {@code ip -batch} in the lab's namespace, once. */
    String lab() {
        Stream<String> own = Stream.concat(config.services().stream(), config.hosts().stream())
                .distinct()
                .map(NetworkPlan::held);
        return lines(Stream.concat(Stream.of("link set lo up"), own));
    }

    private static String held(InetAddress address) {
        return "addr add " + host(address) + " dev lo" + (isV4(address) ? "" : " nodad");
    }

    /** For {@code ip -4 -batch} and {@code ip -6 -batch}: what is caught is delivered here, whomever it was for. */
    String caught() {
        return lines(Stream.of(
                "rule add fwmark " + CAUGHT_MARK + " lookup " + TABLE,
                "route add local default dev lo table " + TABLE));
    }

    /**
     * For {@code ip -batch} in the lab's namespace: the link to a terminal.
     *
     * @param process one that is in the terminal's network namespace
     */
    String linkTo(int terminal, long process) {
        return linkTo(terminal, link -> veth(link, OWN, process));
    }

    /** @param made what makes a link of a name, as {@code ip} reads it */
    String linkTo(int terminal, UnaryOperator<String> made) {
        String link = link(terminal);
        List<String> lines = new ArrayList<>(linkTo(link, made));
        config.terminals()
                .get(terminal)
                .addresses()
                .forEach(address -> lines.add("route add " + host(address) + " dev " + link));
        return lines(lines.stream());
    }

    /**
     * For {@code ip -batch} in the lab's namespace: the link to the border, and what lies behind it. The lab speaks there from the address of a
     * service.
     *
     * @param process one that is in the border's network namespace
     */
    String linkToWorld(World world, long process) {
        return linkToWorld(world, link -> veth(link, Crossing.IN, process));
    }

    /** @param made what makes a link of a name, as {@code ip} reads it */
    String linkToWorld(World world, UnaryOperator<String> made) {
        List<String> lines = new ArrayList<>(linkTo(TO_WORLD, made));
        for (boolean v4 : new boolean[] {true, false}) {
            String source = config.services().stream()
                    .filter(address -> isV4(address) == v4)
                    .findFirst()
                    .map(address -> " src " + address.getHostAddress())
                    .orElse("");
            for (AddressRange range : world.ranges(v4)) {
                lines.add("route add " + range + " via " + (v4 ? WORLD : WORLD_6) + " dev " + TO_WORLD + " onlink"
                        + source);
            }
        }
        return lines(lines.stream());
    }

    /** What makes a link whose far end is another network's, as {@code ip} reads it. */
    static String veth(String link, String peer, long process) {
        return "link add " + link + " type veth peer name " + peer + " netns " + process;
    }

    private static List<String> linkTo(String link, UnaryOperator<String> made) {
        return List.of(
                made.apply(link),
                "link set " + link + " addrgenmode none",
                "addr add " + ROUTER + "/32 dev " + link,
                "addr add " + ROUTER_6 + "/64 dev " + link + " nodad",
                "link set " + link + " up");
    }

    /** For {@code ip -batch} in a terminal's namespace. */
    String terminal(int terminal) {
        List<String> lines = ownLink(OWN);
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

    /**
     * For {@code ip -batch} in the border's namespace, which the link to the lab is in already.
     *
     * @param process one that is in the world's network namespace
     */
    static String border(long process) {
        return lines(Stream.of(
                "link add " + Crossing.OUT + " type veth peer name " + OWN + " netns " + process,
                "link set " + Crossing.IN + " up",
                "link set " + Crossing.OUT + " up"));
    }

    /** Addresses of the lab itself, wherever it speaks from. */
    Set<InetAddress> own() {
        Set<InetAddress> own = new LinkedHashSet<>(config.services());
        own.addAll(config.hosts());
        own.add(Addresses.parse(ROUTER));
        own.add(Addresses.parse(ROUTER_6));
        return own;
    }

    /** For {@code ip -batch} in the world's namespace: it knows the way to terminals and to services, and no other. */
    String world(World world) {
        List<String> lines = ownLink(OWN);
        lines.add("addr add " + WORLD + "/32 dev " + OWN);
        lines.add("addr add " + WORLD_6 + "/64 dev " + OWN + " nodad");
        world.addresses().forEach(address -> lines.add(held(address)));
        world.hosting().forEach(range -> lines.add("route add local " + range + " dev lo"));
        Stream.concat(
                        config.services().stream(),
                        config.terminals().stream().flatMap(terminal -> terminal.addresses().stream()))
                .distinct()
                .forEach(address -> lines.add("route add " + host(address) + " via "
                        + (isV4(address) ? ROUTER : ROUTER_6) + " dev " + OWN + " onlink"));
        return lines(lines.stream());
    }

    private static List<String> ownLink(String link) {
        return new ArrayList<>(
                List.of("link set lo up", "link set " + link + " addrgenmode none", "link set " + link + " up"));
    }

    /**
     * For {@code ip -batch} where several terminals are one place: each has a link, and what speaks from its address goes out there.
     *
     * @param link the name of its end there
     */
    String among(int terminal, String link) {
        List<String> lines = ownLink(link);
        int table = TABLE + 1 + terminal;
        for (InetAddress address : config.terminals().get(terminal).addresses()) {
            String router = isV4(address) ? ROUTER : ROUTER_6;
            lines.add("addr add " + host(address) + " dev " + link + (isV4(address) ? "" : " nodad"));
            lines.add("route add default via " + router + " dev " + link + " onlink table " + table);
            lines.add("route add default via " + router + " dev " + link + " onlink metric " + table
                    + (isV4(address) ? " src " + address.getHostAddress() : ""));
        }
        return lines(lines.stream());
    }

    /** Words for {@code ip}, a line each: which of several links of one place is a terminal's. */
    List<String> rules(int terminal) {
        return config.terminals().get(terminal).addresses().stream()
                .map(address -> (isV4(address) ? "-4" : "-6") + " rule add from " + host(address) + " lookup "
                        + (TABLE + 1 + terminal))
                .toList();
    }

    /** The text of {@code resolv.conf(5)}. */
    static String resolver(List<InetAddress> resolvers) {
        return lines(resolvers.stream().map(address -> "nameserver " + address.getHostAddress()));
    }

    /** The text of a place's {@code hosts(5)}: nothing but itself. */
    static String hosts(String name, List<InetAddress> addresses) {
        Stream<String> itself = addresses.stream().map(address -> address.getHostAddress() + " " + name);
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

    static String host(InetAddress address) {
        return address.getHostAddress() + (isV4(address) ? "/32" : "/128");
    }

    private static boolean isV4(InetAddress address) {
        return address instanceof Inet4Address;
    }
}
