package kwangmyong.isolation;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The same network where lab, world and terminals are containers without a network of the engine's: whoever holds the lab's makes links into the others',
 * which see nothing else. Everything is text of commands for a shell that has every right over its own network.
 */
public final class ContainerPlan {
    /** Links are made by the lab's side, whenever that is there. */
    private static final String AWAIT = "until ip link show dev %s >/dev/null 2>&1; do sleep 0.1; done\n";

    private final IsolationConfig config;
    private final NetworkPlan plan;
    private final Set<String> apart;

    /**
     * A plan.
     *
     * @param apart the subjects whose terminal has a network of its own; all others share one
     */
    public ContainerPlan(IsolationConfig config, Set<String> apart) {
        this.config = config;
        this.plan = new NetworkPlan(config);
        this.apart = Set.copyOf(apart);
        apart.forEach(this::terminal);
    }

    /**
     * The lab's side.
     *
     * @param terminals a process in the network that terminals share
     * @param world one in the world's
     * @param own by subject, one in the network of each terminal that has its own
     */
    public String lab(long terminals, long world, Map<String, Long> own) {
        StringBuilder commands = new StringBuilder(batch("ip", plan.lab()));
        for (int i = 0; i < config.terminals().size(); i++) {
            String subject = config.terminals().get(i).name();
            boolean shares = !apart.contains(subject);
            long process = shares ? terminals : Objects.requireNonNull(own.get(subject), subject);
            String end = shares ? end(i) : NetworkPlan.OWN;
            commands.append(batch("ip", plan.linkTo(i, link -> NetworkPlan.veth(link, end, process))));
        }
        if (config.world() != null) {
            commands.append(batch(
                    "ip", plan.linkToWorld(config.world(), link -> NetworkPlan.veth(link, NetworkPlan.OWN, world))));
        }
        return commands.append(batch("nft", new FirewallPlan(config, plan, true).text()))
                .toString();
    }

    /** The world's side. */
    public String world() {
        World world = Objects.requireNonNull(config.world(), "a lab without a world");
        return awaited(NetworkPlan.OWN) + batch("ip", plan.world(world));
    }

    /** The side of the terminals that share a network. */
    public String terminals() {
        StringBuilder commands = new StringBuilder();
        IntStream.range(0, config.terminals().size())
                .filter(i -> !apart.contains(config.terminals().get(i).name()))
                .forEach(i -> {
                    commands.append(awaited(end(i))).append(batch("ip", plan.among(i, end(i))));
                    plan.rules(i)
                            .forEach(rule -> commands.append("ip ").append(rule).append('\n'));
                });
        return commands.toString();
    }

    /**
     * The side of a terminal that has a network of its own.
     *
     * @throws IllegalArgumentException when no subject of that name has a terminal
     */
    public String own(String subject) {
        return awaited(NetworkPlan.OWN) + batch("ip", plan.terminal(terminal(subject)));
    }

    private int terminal(String subject) {
        return IntStream.range(0, config.terminals().size())
                .filter(i -> config.terminals().get(i).name().equals(subject))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no terminal is " + subject + "'s (expected: one of "
                        + String.join(
                                ", ",
                                config.terminals().stream().map(Terminal::name).toList())
                        + ")"));
    }

    /** A terminal's end of its link, where others are beside it. */
    private static String end(int terminal) {
        return "at-" + terminal;
    }

    private static String awaited(String link) {
        return AWAIT.formatted(link);
    }

    private static String batch(String program, String text) {
        return program + (program.equals("ip") ? " -batch" : " -f") + " - <<'END'\n" + text + "END\n";
    }
}
