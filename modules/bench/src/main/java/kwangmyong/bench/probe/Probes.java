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
import tools.jackson.databind.node.ArrayNode;
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
                case LATENCY -> probed.add(through ? latency() : without(kind));
                case THROUGHPUT -> probed.add(through ? throughput() : without(kind));
                case STABILITY -> probed.add(through ? stability() : without(kind));
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

    private Fetched fetchToken() throws IOException, InterruptedException {
        return fetch(fetcher.url(setting.target(), setting.tokenPath()), TOKEN);
    }

    private Fetched fetch(String url, String file) throws IOException, InterruptedException {
        return fetcher.fetch(List.of(new Job(url, file)), setting.target(), found())
                .get(0);
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
                        through ? Outcome.THROUGH : Outcome.BLOCKED,
                        through ? "the token came back" : why(token),
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

    private static String why(Fetched fetched) {
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

    private Probed latency() throws IOException, InterruptedException {
        List<Double> first = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        int asked = setting.settings().latencyFetches();
        for (int i = 0; i < asked; i++) {
            Fetched fetched = fetchToken();
            if (setting.isToken(fetched)) {
                first.add(fetched.firstOctet());
                whole.add(fetched.seconds());
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("fetches", asked);
        values.put("tokens", whole.size());
        Series.put(values, "seconds_to_first_byte", first);
        Series.put(values, "seconds", whole);
        ObjectNode keys = NODES.objectNode();
        keys.put("fetches", asked);
        keys.set("seconds_to_first_byte", numbers(first));
        keys.set("seconds", numbers(whole));
        return counted(ProbeKind.LATENCY, whole.size(), asked, values, keys);
    }

    private Probed throughput() throws IOException, InterruptedException {
        long asked = setting.settings().throughputOctets();
        String target = setting.target();
        String url = fetcher.url(target, "/.well-known/kwm-bench/bytes/" + asked);
        Fetched fetched = fetch(url, "bytes");
        boolean whole = fetched.isWhole() && fetched.code() / 100 <= 2 && fetched.size() == asked;
        double receiving = fetched.seconds() - fetched.firstOctet();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("octets", fetched.size());
        values.put("seconds", fetched.seconds());
        if (receiving > 0) {
            values.put("octets_per_second", Math.round(fetched.size() / receiving));
        }
        ObjectNode keys = NODES.objectNode();
        keys.put("octets_asked", asked);
        keys.put("octets", fetched.size());
        keys.put("seconds_to_first_byte", fetched.firstOctet());
        keys.put("seconds", fetched.seconds());
        String why =
                whole ? "every octet came through" : fetched.size() + " of " + asked + " octets came: " + why(fetched);
        return measured(
                ProbeKind.THROUGHPUT, whole ? Outcome.THROUGH : Outcome.BLOCKED, why, values, keys, "bytes.json");
    }

    private Probed stability() throws IOException, InterruptedException {
        long until = System.nanoTime() + setting.settings().stabilityFor().toNanos();
        long every = setting.settings().stabilityEvery().toNanos();
        int asked = 0;
        int came = 0;
        double longestSilence = 0;
        long lastCame = System.nanoTime();
        long next = System.nanoTime();
        while (next < until) {
            long wait = next - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000)); // the interval is what is measured
            }
            asked++;
            boolean token = setting.isToken(fetchToken());
            long now = System.nanoTime();
            longestSilence = Math.max(longestSilence, (now - lastCame) / 1e9);
            if (token) {
                came++;
                lastCame = now;
            }
            next += every;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("for_seconds", setting.settings().stabilityFor().toMillis() / 1e3);
        values.put("fetches", asked);
        values.put("tokens", came);
        values.put("seconds_longest_silence", longestSilence);
        ObjectNode keys = NODES.objectNode();
        keys.put("fetches", asked);
        keys.put("tokens", came);
        keys.put("seconds_longest_silence", longestSilence);
        return counted(ProbeKind.STABILITY, came, asked, values, keys);
    }

    private Probed counted(ProbeKind kind, int came, int asked, Map<String, Object> values, ObjectNode keys)
            throws IOException {
        Outcome outcome = came == asked ? Outcome.THROUGH : came == 0 ? Outcome.BLOCKED : Outcome.PARTLY;
        return measured(
                kind, outcome, came + " of " + asked + " fetches brought the token", values, keys, "token.json");
    }

    private Probed measured(
            ProbeKind kind, Outcome outcome, String why, Map<String, Object> values, ObjectNode keys, String file)
            throws IOException {
        String name = "probe-" + kind.word() + ".json";
        List<String> evidence = terminal.keep(file, name) ? List.of(name) : List.of();
        return new Probed(
                new Trial.Probe(kind.word(), outcome, why, values, evidence),
                List.of(OoniBase.of(
                        setting.who(),
                        "kwm_" + kind.word(),
                        fetcher.url(setting.target(), "/"),
                        begun,
                        since(),
                        Map.of(),
                        Map.of(),
                        keys)));
    }

    private static ArrayNode numbers(List<Double> numbers) {
        ArrayNode array = NODES.arrayNode();
        numbers.forEach(array::add);
        return array;
    }
}
