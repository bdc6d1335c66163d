package kwangmyong.isolation;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;

/**
 * What may pass between the namespaces, as text for {@code nft} in the lab's. Whoever sends is checked first; what is sent then goes one of four
 * ways: to a service, to the transparent gateway, to the world, or back as an error. The counters say what was stopped, and that nothing left.
 */
final class FirewallPlan {
    private static final List<String> FAMILIES = List.of("ip", "ip6");

    /** At once, so that nobody waits; before it is routed, since there need be no route. */
    private static final String REFUSED = "        counter name refused reject\n";

    private final IsolationConfig config;
    private final NetworkPlan network;
    private final boolean translated;

    FirewallPlan(IsolationConfig config, NetworkPlan network) {
        this(config, network, false);
    }

    /** @param translated whether connections are handed to the gateway by translation, which needs no right of it, or as they came */
    FirewallPlan(IsolationConfig config, NetworkPlan network, boolean translated) {
        this.config = config;
        this.network = network;
        this.translated = translated;
    }

    String text() {
        return """
                table inet kwm {
                    counter caught { comment "connections' packets that the gateway takes" }
                    counter routed { comment "between terminals and the world" }
                    counter spoofed { comment "sent in another's name" }
                    counter refused { comment "to what is no service of the lab" }
                    counter passing { comment "to be routed elsewhere" }
                    counter leaving { comment "on a link that is none of the lab's, or to what is not behind it" }
                %s    chain arriving {
                        type filter hook prerouting priority mangle; policy accept;
                        iifname "lo" accept
                        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
                        icmpv6 type { nd-router-solicit, mld-listener-report, mld-listener-done, mld2-listener-report } drop
                %s        counter name spoofed drop
                    }
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
                        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } drop comment "of a link, and let in whoever sent them"
                %s        counter name passing reject
                    }
                    chain leaving {
                        type filter hook postrouting priority filter; policy accept;
                        oifname { %s } accept
                %s        counter name leaving drop
                    }
                %s}
                """.formatted(
                        ways(),
                        sources(),
                        NetworkPlan.CAUGHT_MARK,
                        services("        "),
                        onwards(),
                        network.links().stream()
                                .filter(link -> !link.equals(NetworkPlan.TO_WORLD))
                                .map(FirewallPlan::quoted)
                                .collect(Collectors.joining(", ")),
                        toWorld(),
                        translation());
    }

    private String translation() {
        if (!translated) {
            return "";
        }
        StringBuilder rules = new StringBuilder(
                "    chain translated {\n        type nat hook prerouting priority dstnat; policy accept;\n");
        for (InetSocketAddress listener : config.caught()) {
            rules.append("        meta mark %d meta l4proto tcp dnat %s to %s\n"
                    .formatted(NetworkPlan.CAUGHT_MARK, family(listener.getAddress()), Addresses.text(listener)));
        }
        return rules.append("    }\n").toString();
    }

    /** Where packets of known senders go: a chain for each terminal's way, and one for what comes from the world. */
    private String ways() {
        StringBuilder chains = new StringBuilder();
        for (int i = 0; i < config.terminals().size(); i++) {
            chains.append("    chain from_").append(NetworkPlan.link(i)).append(" {\n");
            chains.append(services("        "));
            chains.append(tproxy(config.terminals().get(i).caught()));
            if (network.reachesWorld(i)) {
                chains.append(world("        %s daddr { %s } accept\n"));
            }
            chains.append(REFUSED).append("    }\n");
        }
        if (config.world() != null) {
            chains.append("    chain from_").append(NetworkPlan.TO_WORLD).append(" {\n");
            chains.append("        ct state established,related accept\n");
            chains.append(REFUSED).append("    }\n");
        }
        return chains.toString();
    }

    /** Nobody speaks as another: neither a terminal, nor the world. */
    private String sources() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < config.terminals().size(); i++) {
            String link = NetworkPlan.link(i);
            for (InetAddress address : config.terminals().get(i).addresses()) {
                rules.append("        iifname \"%s\" %s saddr %s goto from_%s\n"
                        .formatted(link, family(address), address.getHostAddress(), link));
            }
        }
        rules.append(world("        iifname \"" + NetworkPlan.TO_WORLD + "\" %s saddr { %s } goto from_"
                + NetworkPlan.TO_WORLD + "\n"));
        return rules.toString();
    }

    private String onwards() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < config.terminals().size(); i++) {
            if (network.reachesWorld(i)) {
                String link = quoted(NetworkPlan.link(i));
                String outside = quoted(NetworkPlan.TO_WORLD);
                rules.append("        iifname %s oifname %s counter name routed accept\n".formatted(link, outside));
                rules.append("        iifname %s oifname %s ct state established,related counter name routed accept\n"
                        .formatted(outside, link));
            }
        }
        return rules.toString();
    }

    /** What may leave for the world is for the world; and what links need themselves. */
    private String toWorld() {
        String out = "        oifname \"" + NetworkPlan.TO_WORLD + "\" ";
        return config.world() == null
                ? ""
                : world(out + "%s daddr { %s } accept\n") + out + "ip6 daddr { fe80::/10, ff02::/16 } accept\n";
    }

    private String services(String indent) {
        return FAMILIES.stream()
                .map(family -> {
                    String addresses = config.services().stream()
                            .filter(address -> family(address).equals(family))
                            .map(InetAddress::getHostAddress)
                            .collect(Collectors.joining(", "));
                    return addresses.isEmpty() ? "" : indent + family + " daddr { " + addresses + " } accept\n";
                })
                .collect(Collectors.joining());
    }

    /** @param rule with a place for a family, and one for the world's ranges of that family */
    private String world(String rule) {
        World world = config.world();
        List<String> rules = new ArrayList<>();
        for (String family : FAMILIES) {
            String ranges = world == null
                    ? ""
                    : world.ranges(family.equals("ip")).stream()
                            .map(AddressRange::toString)
                            .collect(Collectors.joining(", "));
            if (!ranges.isEmpty()) {
                rules.add(rule.formatted(family, ranges));
            }
        }
        return String.join("", rules);
    }

    private String tproxy(Caught caught) {
        if (!caught.all() && caught.ports().isEmpty()) {
            return "";
        }
        String which = caught.all()
                ? "meta l4proto tcp"
                : "tcp dport { " + caught.ports().stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + " }";
        StringBuilder rules = new StringBuilder();
        for (InetSocketAddress listener : config.caught()) {
            InetAddress address = listener.getAddress();
            boolean v4 = address instanceof Inet4Address;
            String brought = translated ? "" : " tproxy " + family(address) + " to " + Addresses.text(listener);
            rules.append(v4 ? "        meta nfproto ipv4 " : "        meta nfproto ipv6 ")
                    .append(which)
                    .append(brought)
                    .append(" meta mark set %d counter name caught accept\n".formatted(NetworkPlan.CAUGHT_MARK));
        }
        return rules.toString();
    }

    private static String quoted(String link) {
        return '"' + link + '"';
    }

    private static String family(InetAddress address) {
        return address instanceof Inet4Address ? "ip" : "ip6";
    }
}
