package kwangmyong.isolation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kwangmyong.kernel.service.Service.StartException;

/** Looks for ways out: links and routes that are not the lab's, sockets and folders that a terminal should not see, packets that got away. */
final class LeakCheck {
    private static final Pattern COUNTER = Pattern.compile("counter (\\w+) \\{[^}]*?packets (\\d+)");

    private final IsolationConfig config;
    private final NetworkPlan plan;
    private final List<TerminalNamespaces> terminals;

    LeakCheck(IsolationConfig config, NetworkPlan plan, List<TerminalNamespaces> terminals) {
        this.config = config;
        this.plan = plan;
        this.terminals = terminals;
    }

    /**
     * Everything that was looked at.
     *
     * @param foreign the machine's Unix sockets
     * @throws IOException when it cannot be looked at, as when a terminal is gone
     */
    List<Finding> findings(List<Path> foreign) throws IOException, StartException {
        List<Finding> findings = new ArrayList<>();
        findings.add(links("lab", Path.of("/proc/self/net"), plan.links()));
        findings.add(routes("lab", Path.of("/proc/self/net"), Set.of()));
        counters().forEach((name, packets) -> {
            boolean isWayOut = name.equals("passing") || name.equals("leaving");
            findings.add(new Finding(
                    "lab",
                    "packets " + WORDS.getOrDefault(name, name),
                    Long.toString(packets),
                    isWayOut && packets > 0));
        });
        for (int i = 0; i < terminals.size(); i++) {
            String name = config.terminals().get(i).name();
            Path net = Path.of("/proc/" + terminals.get(i).process() + "/net");
            findings.add(links(name, net, Set.of("lo", "eth0")));
            findings.add(routes(name, net, Set.of("eth0")));
            findings.add(sockets(name, foreign, terminals.get(i)));
            findings.add(folders(name, terminals.get(i)));
        }
        return findings;
    }

    private static final Map<String, String> WORDS = Map.of(
            "caught", "taken by the gateway",
            "spoofed", "dropped, sent in another's name",
            "refused", "refused, to what is no service",
            "passing", "refused, to be routed on",
            "leaving", "dropped on a link that is none of the lab's");

    private static Finding links(String where, Path net, Set<String> expected) throws IOException {
        Set<String> seen = Files.readAllLines(net.resolve("dev")).stream()
                .filter(line -> line.indexOf(':') > 0)
                .map(line -> line.substring(0, line.indexOf(':')).strip())
                .collect(Collectors.toCollection(TreeSet::new));
        return new Finding(where, "links", String.join(" ", seen), !expected.containsAll(seen));
    }

    /** Links that a default route leads to; every other route stays within, since every link does. */
    private static Finding routes(String where, Path net, Set<String> expected) throws IOException {
        Set<String> ways = new TreeSet<>();
        for (String line : Files.readAllLines(net.resolve("route"))) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length > 7 && fields[1].equals("00000000") && fields[7].equals("00000000")) {
                ways.add(fields[0]);
            }
        }
        Path six = net.resolve("ipv6_route");
        for (String line : Files.exists(six) ? Files.readAllLines(six) : List.<String>of()) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length > 9 && fields[1].equals("00") && !fields[9].equals("lo")) {
                ways.add(fields[9]);
            }
        }
        return new Finding(
                where, "default routes", ways.isEmpty() ? "none" : String.join(" ", ways), !expected.containsAll(ways));
    }

    private Map<String, Long> counters() throws StartException {
        Map<String, Long> counters = new TreeMap<>();
        COUNTER.matcher(Programs.run("", "nft", "list", "counters", "table", "inet", "kwm"))
                .results()
                .forEach(match -> counters.put(match.group(1), Long.parseLong(match.group(2))));
        return counters;
    }

    private static Finding sockets(String where, List<Path> foreign, TerminalNamespaces terminal) throws IOException {
        List<String> reached = new ArrayList<>();
        for (Path socket : foreign) {
            if (terminal.sees(socket)) {
                reached.add(socket.toString());
            }
        }
        return new Finding(
                where,
                "the machine's Unix sockets",
                reached.isEmpty() ? "none of " + foreign.size() : String.join(" ", reached),
                !reached.isEmpty());
    }

    private Finding folders(String where, TerminalNamespaces terminal) throws IOException {
        List<String> read = new ArrayList<>();
        for (Path hidden : config.hidden()) {
            Path seen = terminal.seen(hidden);
            if (Files.isDirectory(seen)) {
                try (DirectoryStream<Path> content = Files.newDirectoryStream(seen)) {
                    if (content.iterator().hasNext()) {
                        read.add(hidden.toString());
                    }
                }
            }
        }
        return new Finding(
                where, "the lab's state", read.isEmpty() ? "hidden" : String.join(" ", read), !read.isEmpty());
    }
}
