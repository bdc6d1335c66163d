package kwangmyong.bench.probe;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.bench.bed.Place;
import kwangmyong.bench.probe.Fetcher.Job;
import kwangmyong.bench.recipe.ProbeKind;
import kwangmyong.bench.recipe.WayIn;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Trial;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every probe of a trial, in order: the web first, and nothing of what needs it to come through when it does not. */
public final class Probes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String PAGE = "page";
    private static final String TOKEN = "token";
    private static final String CONTROL = "control";

    private final Setting setting;
    private final long origin;
    private final Instant begun;
    private final Ground terminal;
    private final Fetcher fetcher;
    private final Fetcher control;
    private final Ground world;
    private List<Lookup> lookups = List.of();
    private List<Lookup> controlLookups = List.of();

    public Probes(Setting setting) throws IOException {
        this.setting = setting;
        this.origin = System.nanoTime();
        this.begun = setting.clock().instant();
        Map<String, String> environment = setting.told().variables();
        terminal = new Ground(setting.bed(), Place.TERMINAL, setting.folder(), environment, setting.network());
        world = new Ground(setting.bed(), Place.WORLD, setting.folder(), environment, false);
        fetcher = new Fetcher(
                terminal, setting.way(), setting.told(), setting.settings().fetchWithin(), origin);
        control = new Fetcher(
                world, new WayIn.AsItIs(), setting.told(), setting.settings().fetchWithin(), origin);
    }

    /** Runs them. */
    public List<Probed> run() throws IOException, InterruptedException {
        List<Probed> probed = new ArrayList<>();
        if (fetcher.resolvesHere()) {
            lookups = fetcher.lookUp(setting.target(), "lookup");
        }
        probed.add(web());
        boolean through = probed.get(0).probe().outcome() == Outcome.THROUGH;
        for (ProbeKind kind : setting.kinds().stream().sorted().toList()) {
            switch (kind) {
                case WEB -> {} // always, above
                case DNS -> probed.add(dns());
                case LATENCY -> probed.add(through ? timed().latency() : without(kind));
                case THROUGHPUT -> probed.add(through ? timed().throughput() : without(kind));
                case STABILITY -> probed.add(through ? timed().stability() : without(kind));
            }
        }
        return probed;
    }

    /** For a tool that never came up: nothing is asked, and nothing came through. */
    public static List<Probed> none(Setting setting, String why) {
        List<Probed> none = new ArrayList<>();
        none.add(new Probed(
                new Trial.Probe(ProbeKind.WEB.word(), Outcome.BLOCKED, why, Map.of(), List.of()), List.of()));
        setting.kinds().stream()
                .sorted()
                .filter(kind -> kind != ProbeKind.WEB)
                .map(Probes::without)
                .forEach(none::add);
        return none;
    }

    private static Probed without(ProbeKind kind) {
        return new Probed(
                new Trial.Probe(kind.word(), Outcome.SKIPPED, "nothing came through", Map.of(), List.of()), List.of());
    }

    private List<String> found() {
        return lookups.stream().flatMap(lookup -> lookup.addresses().stream()).toList();
    }

    private TimedProbes timed() {
        return new TimedProbes(setting, terminal, fetcher, found(), origin, begun);
    }

    private Probed web() throws IOException, InterruptedException {
        String target = setting.target();
        String url = fetcher.url(target, "/");
        List<Fetched> fetched = fetcher.fetch(
                List.of(new Job(url, PAGE), new Job(fetcher.url(target, setting.tokenPath()), TOKEN)), target, found());
        Fetched page = fetched.get(0);
        Fetched token = fetched.get(1);
        controlLookups = control.lookUp(target, "control");
        Fetched there =
                control.fetch(List.of(new Job(url, CONTROL)), target, List.of()).get(0);
        var comparison = new Comparison(lookups, page, controlLookups, there);
        boolean through = setting.isToken(token);
        Outcome outcome = through ? Outcome.THROUGH : there.isWhole() ? Outcome.BLOCKED : Outcome.ERROR;

        Map<String, Object> values = new LinkedHashMap<>();
        values.put("token", through);
        values.put("status_code", token.code());
        if (through) {
            values.put("seconds_to_first_byte", token.firstOctet());
            values.put("seconds", token.seconds());
        }
        values.put("page_status_code", page.code());
        values.put("accessible", comparison.isAccessible());
        values.put("blocking", comparison.blocking().isEmpty() ? "none" : comparison.blocking());
        List<String> evidence = new ArrayList<>();
        for (String file : List.of(
                "token.json",
                "token.body",
                "token.headers",
                "token.err",
                "page.json",
                "page.headers",
                "page.body",
                "page.err",
                "lookup-a.dig",
                "lookup-aaaa.dig")) {
            if (terminal.keep(file, "probe-web-" + file)) {
                evidence.add("probe-web-" + file);
            }
        }
        for (String file : List.of("control.json", "control-a.dig")) {
            if (world.keep(file, "probe-web-" + file)) {
                evidence.add("probe-web-" + file);
            }
        }
        var keys = WebConnectivity.keys(comparison, fetcher.socks(), target);
        return new Probed(
                new Trial.Probe(
                        ProbeKind.WEB.word(),
                        outcome,
                        switch (outcome) {
                            case THROUGH -> "the token came back";
                            case BLOCKED -> why(token);
                            default -> "not even the control in the world had it: " + why(there);
                        },
                        values,
                        evidence),
                List.of(OoniBase.of(
                        setting.who(),
                        "web_connectivity",
                        url,
                        begun,
                        since(),
                        WebConnectivity.EXTENSIONS,
                        Map.of("kwm_token", Boolean.toString(through)),
                        keys)));
    }

    private double since() {
        return (System.nanoTime() - origin) / 1e9;
    }

    /** Why something that was fetched is not the token. */
    static String why(Fetched fetched) {
        if (fetched.exit() == 0) {
            return "what came back, with status " + fetched.code() + ", was not the token";
        }
        return fetched.said().isEmpty() ? "nothing came back (" + fetched.failure() + ")" : fetched.said();
    }

    private Probed dns() {
        if (lookups.isEmpty()) {
            return new Probed(
                    new Trial.Probe(
                            ProbeKind.DNS.word(),
                            Outcome.SKIPPED,
                            "names are looked up by the tool, not at the terminal",
                            Map.of(),
                            List.of()),
                    List.of());
        }
        String consistency = new Comparison(lookups, NOTHING, controlLookups, NOTHING).dnsConsistency();
        boolean same = "consistent".equals(consistency);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("consistency", String.valueOf(consistency));
        values.put(
                "answer",
                lookups.get(0).status().isEmpty() ? "none" : lookups.get(0).status());
        values.put("addresses", String.join(" ", Comparison.addresses(lookups)));
        values.put("control_addresses", String.join(" ", Comparison.addresses(controlLookups)));
        ObjectNode keys = NODES.objectNode();
        keys.set("queries", WebConnectivity.queries(lookups));
        keys.put("dns_consistency", consistency);
        return new Probed(
                new Trial.Probe(
                        ProbeKind.DNS.word(),
                        same ? Outcome.THROUGH : Outcome.BLOCKED,
                        same
                                ? "the name leads where it leads in the world"
                                : "the name does not lead where it leads in the world: " + values.get("answer"),
                        values,
                        List.of("probe-web-lookup-a.dig", "probe-web-control-a.dig")),
                List.of(OoniBase.of(
                        setting.who(),
                        "kwm_dns_consistency",
                        setting.target(),
                        begun,
                        since(),
                        Map.of("dnst", 0),
                        Map.of(),
                        keys)));
    }

    private static final Fetched NOTHING = new Fetched("", 1, "", 0, List.of(), new byte[0], 0, "", 0, 0, 0, 0, 0);
}
