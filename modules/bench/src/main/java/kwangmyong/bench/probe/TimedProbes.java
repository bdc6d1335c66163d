package kwangmyong.bench.probe;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.bench.probe.Fetcher.Job;
import kwangmyong.bench.recipe.ProbeKind;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Trial;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is measured of a tool that lets the token through: how long, how much, how steadily. */
final class TimedProbes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String TOKEN = "token";

    private final Setting setting;
    private final Ground terminal;
    private final Fetcher fetcher;
    private final List<String> found;
    private final long origin;
    private final Instant begun;

    /**
     * @param found what the target's name was seen to lead to
     * @param origin what {@link System#nanoTime} was when the measurement began
     */
    TimedProbes(Setting setting, Ground terminal, Fetcher fetcher, List<String> found, long origin, Instant begun) {
        this.setting = setting;
        this.terminal = terminal;
        this.fetcher = fetcher;
        this.found = List.copyOf(found);
        this.origin = origin;
        this.begun = begun;
    }

    private Fetched fetchToken() throws IOException, InterruptedException {
        return fetch(fetcher.url(setting.target(), setting.tokenPath()), TOKEN);
    }

    private Fetched fetch(String url, String file) throws IOException, InterruptedException {
        return fetcher.fetch(List.of(new Job(url, file)), setting.target(), found)
                .get(0);
    }

    Probed latency() throws IOException, InterruptedException {
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

    Probed throughput() throws IOException, InterruptedException {
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
        String why = whole
                ? "every octet came through"
                : fetched.size() + " of " + asked + " octets came: " + Probes.why(fetched);
        // A slow tool lets through what it lets through: its rate is what is asked for here.
        boolean some = whole || (fetched.size() > 0 && "generic_timeout_error".equals(fetched.failure()));
        return measured(
                ProbeKind.THROUGHPUT, some ? Outcome.THROUGH : Outcome.BLOCKED, why, values, keys, "bytes.json");
    }

    Probed stability() throws IOException, InterruptedException {
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
                        (System.nanoTime() - origin) / 1e9,
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
