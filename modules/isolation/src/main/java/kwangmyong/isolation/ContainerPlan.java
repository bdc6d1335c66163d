package kwangmyong.isolation;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/**
 * The same network where lab, world and terminals are containers: links are carried over the one network that the container engine gives them
 * (VXLAN, RFC 7348), which lets nothing else through. Everything is text of commands for a shell that has every right over its own network.
 */
public final class ContainerPlan {
    /** RFC 7348 §8. */
    private static final int VXLAN_PORT = 4789;

    private static final int WORLD_ID = 99;
    private static final int FIRST_TERMINAL_ID = 100;

    /** Only what carries links may use the engine's network, and nobody may ask its name server. */
    private static final String SEAL = """
            table inet carrier {
                chain out {
                    type filter hook output priority filter; policy accept;
                    ip daddr 127.0.0.11 reject
                    oifname "eth0" udp dport %1$d ip daddr { %2$s } accept
                    oifname "eth0" reject
                }
                chain in {
                    type filter hook input priority filter; policy accept;
                    iifname "eth0" udp dport %1$d ip saddr { %2$s } accept
                    iifname "eth0" drop
                }
                chain onwards {
                    type filter hook forward priority filter; policy accept;
                    iifname "eth0" drop
                    oifname "eth0" drop
                }
            }
            """;

    private final IsolationConfig config;
    private final NetworkPlan plan;

    public ContainerPlan(IsolationConfig config) {
        this.config = config;
        this.plan = new NetworkPlan(config);
    }

    /**
     * The lab's side.
     *
     * @param terminals where every terminal is, on the engine's network
     * @param world where the world is
     */
    public String lab(InetAddress terminals, InetAddress world) {
        StringBuilder commands = new StringBuilder(batch("ip", plan.lab()));
        for (int i = 0; i < config.terminals().size(); i++) {
            int terminal = i;
            commands.append(batch(
                    "ip", plan.linkTo(i, link -> carried(link, FIRST_TERMINAL_ID + terminal, terminals))));
        }
        if (config.world() != null) {
            commands.append(batch("ip", plan.linkToWorld(config.world(), link -> carried(link, WORLD_ID, world))));
        }
        List<String> carriers = List.of(
                "iifname \"eth0\" udp dport " + VXLAN_PORT + " accept",
                "oifname \"eth0\" udp dport " + VXLAN_PORT + " accept");
        return commands.append(batch("nft", new FirewallPlan(config, plan, carriers).text()))
                .append(seal(terminals, world))
                .toString();
    }

    /** The world's side. */
    public String world(InetAddress lab) {
        World world = Objects.requireNonNull(config.world(), "a lab without a world");
        return batch("ip", carried("lab0", WORLD_ID, lab) + "\n" + plan.world(world, "lab0")) + seal(lab);
    }

    /** The terminals' side: all of them in one place. */
    public String terminals(InetAddress lab) {
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < config.terminals().size(); i++) {
            String link = "at-" + i;
            commands.append(batch("ip", carried(link, FIRST_TERMINAL_ID + i, lab) + "\n" + plan.among(i, link)));
            plan.rules(i).forEach(rule -> commands.append("ip ").append(rule).append('\n'));
        }
        return commands.append(seal(lab)).toString();
    }

    private static String carried(String link, int id, InetAddress remote) {
        return "link add " + link + " type vxlan id " + id + " remote " + remote.getHostAddress() + " dstport "
                + VXLAN_PORT + " dev eth0";
    }

    private static String seal(InetAddress... peers) {
        String all = String.join(
                ", ",
                java.util.Arrays.stream(peers).map(InetAddress::getHostAddress).toList());
        return batch("nft", SEAL.formatted(VXLAN_PORT, all));
    }

    private static String batch(String program, String text) {
        return program + (program.equals("ip") ? " -batch" : " -f") + " - <<'END'\n" + text + "END\n";
    }
}
