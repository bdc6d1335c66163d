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
import org.jspecify.annotations.Nullable;

/** Looks for ways out: links and routes that are not the lab's, sockets and folders that a terminal should not see, packets that got away. */
final class LeakCheck {
    private static final Pattern COUNTER = Pattern.compile("counter (\\w+) \\{[^}]*?packets (\\d+)");

    private final IsolationConfig config;
    private final NetworkPlan plan;
    private final List<Places.Opened> places;
    private final @Nullable BorderNamespace border;

    /** @param border null where there is none */
    LeakCheck(IsolationConfig config, NetworkPlan plan, List<Places.Opened> places, @Nullable BorderNamespace border) {
        this.border = border;
        this.config = config;
        this.plan = plan;
        this.places = places;
    }

    /**
     * Everything that was looked at.
     *
     * @param foreign the machine's Unix sockets
     * @throws IOException when it cannot be looked at, as when a place is gone
     */
    List<Finding> findings(List<Path> foreign) throws IOException, StartException {
        List<Finding> findings = new ArrayList<>();
        Path own = Path.of("/proc/self/net");
        findings.add(links("lab", own, plan.links(), Set.of()));
        findings.add(routes("lab", own, Set.of()));
        findings.add(forwarding());
        counters().forEach((name, packets) -> {
            boolean isWayOut = name.equals("passing") || name.equals("leaving");
            String what = "packets " + WORDS.getOrDefault(name, name);
            findings.add(
                    isWayOut
                            ? Finding.of("lab", what, Long.toString(packets), packets > 0)
                            : new Finding("lab", what, Long.toString(packets), Finding.Kind.NOTED));
        });
        if (border != null) {
            Path net = Path.of("/proc/" + border.process() + "/net");
            findings.add(links("border", net, Set.of("lo", Crossing.IN, Crossing.OUT), Set.of()));
            findings.add(routes("border", net, Set.of()));
        }
        for (Places.Opened opened : places) {
            String name = opened.place().host();
            PlaceNamespaces place = opened.namespaces();
            Path net = Path.of("/proc/" + place.process() + "/net");
            if (opened.place() != Place.Common.PROVIDER) { // whose network is the lab's
                Set<String> tunnels = tunnels(place, net);
                findings.add(links(name, net, Set.of("lo", "eth0"), tunnels));
                Set<String> ways = new TreeSet<>(tunnels);
                ways.add("eth0");
                findings.add(routes(name, net, ways));
            }
            findings.add(sockets(name, foreign, place));
            findings.add(folders(opened));
        }
        return findings;
    }

    private static final Map<String, String> WORDS = Map.of(
            "caught", "taken by the gateway",
            "spoofed", "dropped, sent in another's name",
            "refused", "refused, to what is no service",
            "routed", "routed between terminals and the world",
            "passing", "refused, to be routed elsewhere",
            "leaving", "dropped on a link that is none of the lab's, or to what is not behind it");

    /** @param tunnels that lead to a program at the place, and so no further than that can go itself */
    private static Finding links(String where, Path net, Set<String> expected, Set<String> tunnels) throws IOException {
        Set<String> seen = links(net);
        boolean isLeak = seen.stream().anyMatch(link -> !expected.contains(link) && !tunnels.contains(link));
        String text = seen.stream()
                .map(link -> tunnels.contains(link) ? link + " (a program's)" : link)
                .collect(Collectors.joining(" "));
        return Finding.of(where, "links", text, isLeak);
    }

    private static Set<String> links(Path net) throws IOException {
        return Files.readAllLines(net.resolve("dev")).stream()
                .filter(line -> line.indexOf(':') > 0)
                .map(line -> line.substring(0, line.indexOf(':')).strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** TUN and TAP devices, which alone have this file. */
    private static Set<String> tunnels(PlaceNamespaces place, Path net) throws IOException {
        Set<String> tunnels = new TreeSet<>();
        for (String link : links(net)) {
            if (Files.exists(place.seen(Path.of("/sys/class/net", link, "tun_flags")))) {
                tunnels.add(link);
            }
        }
        return tunnels;
    }

    /** Where packets are routed from and to: only where the plan says so. */
    private Finding forwarding() throws IOException {
        Set<String> routing = new TreeSet<>();
        for (String link : plan.links()) {
            Path setting = Path.of("/proc/sys/net/ipv4/conf", link, "forwarding");
            if (Files.exists(setting) && Files.readString(setting).strip().equals("1")) {
                routing.add(link);
            }
        }
        return Finding.of(
                "lab",
                "routing",
                routing.isEmpty() ? "off" : "between " + String.join(" ", routing),
                !plan.routed().containsAll(routing));
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
        return Finding.of(
                where, "default routes", ways.isEmpty() ? "none" : String.join(" ", ways), !expected.containsAll(ways));
    }

    private Map<String, Long> counters() throws StartException {
        Map<String, Long> counters = new TreeMap<>();
        COUNTER.matcher(Programs.run("", "nft", "list", "counters", "table", "inet", "kwm"))
                .results()
                .forEach(match -> counters.put(match.group(1), Long.parseLong(match.group(2))));
        return counters;
    }

    private static Finding sockets(String where, List<Path> foreign, PlaceNamespaces place) throws IOException {
        List<String> reached = new ArrayList<>();
        for (Path socket : foreign) {
            if (place.sees(socket)) {
                reached.add(socket.toString());
            }
        }
        return Finding.of(
                where,
                "the machine's Unix sockets",
                reached.isEmpty() ? "none of " + foreign.size() : String.join(" ", reached),
                !reached.isEmpty());
    }

    /** Nothing of what is hidden is seen, but the way to the place's own folder. */
    private Finding folders(Places.Opened opened) throws IOException {
        Path own = config.scratch().resolve(opened.place().host());
        List<String> read = new ArrayList<>();
        for (Path hidden : config.hidden()) {
            look(opened.namespaces(), hidden, own, read);
        }
        return Finding.of(
                opened.place().host(),
                "the lab's state",
                read.isEmpty() ? "hidden" : String.join(" ", read),
                !read.isEmpty());
    }

    private static void look(PlaceNamespaces place, Path folder, Path own, List<String> read) throws IOException {
        Path seen = place.seen(folder);
        if (!Files.isDirectory(seen)) {
            return;
        }
        List<Path> content = new ArrayList<>();
        try (DirectoryStream<Path> there = Files.newDirectoryStream(seen)) {
            there.forEach(content::add);
        }
        for (Path each : content) {
            Path name = folder.resolve(String.valueOf(each.getFileName()));
            if (!own.startsWith(name)) {
                read.add(name.toString());
            } else if (!own.equals(name)) {
                look(place, name, own, read);
            }
        }
    }
}
