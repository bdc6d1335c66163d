package kwangmyong.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Folders of results as a run would leave them, from a seed: the same seed, the same folder. */
public final class ResultsGenerator {
    private static final Instant BEGUN = Instant.parse("2026-03-01T09:00:00Z");
    private static final Map<String, String> FAR = far();

    private final Random random;
    private final long seed;
    private final List<String> tools;
    private final List<String> regimes;
    private final Map<String, Map<String, String>> conditions = new LinkedHashMap<>();
    private int repetitions = 3;

    /** Texts that a trial has where the network or a program chose them. */
    private String hostile = "";

    private String leaking = "none";

    private ResultsGenerator(long seed, List<String> tools, List<String> regimes) {
        this.seed = seed;
        this.random = new Random(seed);
        this.tools = tools;
        this.regimes = regimes;
        conditions.put("plain", Map.of());
    }

    /** Few tools, few regimes, three repetitions. */
    public static ResultsGenerator small(long seed) {
        return new ResultsGenerator(
                seed, List.of("direct", "ssh", "iodine", "wireguard"), List.of("open", "kwangmyong", "dns-lies"));
    }

    /** As large as the first experiment with all that can be: 15 tools, 7 regimes, 2 conditions, 2 repetitions. */
    public static ResultsGenerator large(long seed) {
        ResultsGenerator large = new ResultsGenerator(
                seed,
                List.of(
                        "direct",
                        "system-proxy",
                        "dns-over-tls",
                        "dns-over-https",
                        "ssh",
                        "stunnel",
                        "shadowsocks",
                        "obfs4",
                        "tor",
                        "iodine",
                        "dns2tcp",
                        "httptunnel",
                        "proxytunnel",
                        "wireguard",
                        "mail"),
                List.of(
                        "open",
                        "kwangmyong",
                        "kwangmyong-hotel",
                        "kwangmyong-satellite",
                        "dns-lies",
                        "sni-blocklist",
                        "throttled"));
        large.conditions.put("far", FAR);
        large.repetitions = 2;
        return large;
    }

    public ResultsGenerator repetitions(int number) {
        repetitions = number;
        return this;
    }

    /** Puts a text wherever a name, a program or the network may have brought one. */
    public ResultsGenerator hostile(String text) {
        hostile = text;
        return this;
    }

    /** Has a way out be found after trials whose id begins so. */
    public ResultsGenerator leaking(String begins) {
        leaking = begins;
        return this;
    }

    /** Writes the folder. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        int[] number = {0};
        for (String regime : regimes) {
            for (String condition : conditions.keySet()) {
                for (String tool : tools) {
                    for (int repetition = 1; repetition <= repetitions; repetition++) {
                        trial(folder, regime, condition, tool, repetition, number[0]++);
                    }
                }
            }
        }
        write(folder.resolve(ResultsFolder.RUN), ResultJson.write(run(number[0])));
        Files.writeString(folder.resolve(ResultsFolder.LOCK), """
                {"kwm": "0.1.0", "lab": {"kwangmyong": "%016x"}, "rules": {"kwangmyong": "%016x"},
                 "recipes": {"direct": "%016x", "ssh": "%016x"},
                 "packages": {"openssh-client": "1:9.2p1-2+deb12u3", "iodine": "0.7.0-10"},
                 "kernel": "Linux 6.18.0 x86_64"}
                """.formatted(
                        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
        Files.writeString(folder.resolve(ResultsFolder.MEASUREMENTS), "");
        Files.writeString(folder.resolve(ResultsFolder.JUNIT), "<testsuites/>\n");
        return folder;
    }

    private Run run(int trials) {
        return new Run(
                "first",
                "The first experiment" + hostile,
                seed,
                repetitions,
                tools,
                regimes,
                conditions,
                List.of("web", "dns", "latency", "throughput"),
                "dailynk.com",
                List.of(
                        new Expectation("direct", "open", null, Outcome.THROUGH),
                        new Expectation("direct", "kwangmyong", null, Outcome.BLOCKED),
                        new Expectation("iodine", "kwangmyong", null, Outcome.THROUGH)),
                "scripts/kwm bench run lab-configs/benches/first.yaml --seed " + seed,
                BEGUN,
                BEGUN.plusSeconds(20L * trials),
                true,
                null,
                null);
    }

    private void trial(Path results, String regime, String condition, String tool, int repetition, int number)
            throws IOException {
        String id = regime + "/" + condition + "/" + tool + "/" + repetition;
        Path folder =
                Files.createDirectories(results.resolve(ResultsFolder.TRIALS).resolve(id));
        Outcome outcome = outcome(regime, tool);
        boolean up = outcome != Outcome.SKIPPED && (outcome == Outcome.THROUGH || random.nextBoolean());
        Instant begun = BEGUN.plusSeconds(20L * number);
        Trial.Stop stop = outcome == Outcome.BLOCKED ? stop(tool) : null;
        List<Trial.Ruling> rulings = rulings(tool, stop);
        if (outcome != Outcome.SKIPPED) {
            write(folder.resolve(ResultsFolder.JOURNAL), journal(rulings));
            Files.write(folder.resolve(ResultsFolder.CAPTURE), new byte[64]);
            Files.writeString(folder.resolve("probe-web.json"), "{}\n");
        }
        List<Trial.Probe> probes = outcome == Outcome.SKIPPED ? List.of() : probes(tool, condition, outcome);
        Trial trial = new Trial(
                id,
                regime,
                condition,
                tool,
                repetition,
                random.nextInt(1 << 20),
                begun,
                begun.plusMillis(outcome == Outcome.SKIPPED ? 3 : 4000 + random.nextInt(9000)),
                outcome,
                why(outcome) + hostile,
                stop,
                outcome == Outcome.SKIPPED
                        ? null
                        : new Trial.Client(
                                up,
                                up ? seconds(tool, condition) * 3 : 20,
                                up ? hostile : "connect: timed out" + hostile),
                probes,
                new Trial.Exposure(
                        rulings.size() * 3L,
                        rulings.stream()
                                .filter(ruling -> ruling.verdict().equals("deny"))
                                .count(),
                        Map.of("dns", (long) rulings.size())),
                rulings,
                new Trial.Overhead(800 + random.nextInt(400), 90 + random.nextInt(60)),
                id.startsWith(leaking) ? List.of("lab has links: hole" + hostile) : List.of(),
                new Watch(1, 40, Map.of("packets refused, to what is no service", 2L)),
                List.of(ResultsFolder.CAPTURE, ResultsFolder.JOURNAL));
        write(folder.resolve(ResultsFolder.TRIAL), ResultJson.write(trial));
    }

    /** Halves of surrogate pairs have no UTF-8; JSON has escapes for them. */
    private static void write(Path file, String json) throws IOException {
        Files.writeString(file, json.replace("\uD800", "\\ud800"));
    }

    private Outcome outcome(String regime, String tool) {
        if (tool.equals("wireguard")) {
            return Outcome.SKIPPED;
        }
        if (regime.equals("open") || regime.equals("kwangmyong-satellite") || regime.equals("throttled")) {
            return Outcome.THROUGH;
        }
        if (regime.equals("kwangmyong")) {
            return Outcome.BLOCKED;
        }
        int dice = random.nextInt(20);
        if (dice == 0) {
            return Outcome.ERROR;
        }
        return dice < 3
                ? Outcome.PARTLY
                : Math.floorMod((tool + regime).hashCode(), 3) == 0 ? Outcome.BLOCKED : Outcome.THROUGH;
    }

    private static String why(Outcome outcome) {
        return switch (outcome) {
            case THROUGH -> "";
            case PARTLY -> "web brought the token, throughput did not";
            case BLOCKED -> "no probe brought the token";
            case SKIPPED -> "it needs a TUN device, and /dev/net/tun is not writable";
            case ERROR -> "the server half ended with status 1: cannot bind";
        };
    }

    private Trial.Stop stop(String tool) {
        return tool.startsWith("dns") || tool.equals("iodine")
                ? new Trial.Stop("dns", "default", "no-rule", name("t.example.net") + " TXT", "nxdomain")
                : tool.equals("ssh")
                        ? new Trial.Stop("border", "default", "no-rule", "198.51.100.70:22", "silence")
                        : new Trial.Stop("gateway", "default", "no-rule", name("dailynk.com") + ":443", "451");
    }

    private String name(String name) {
        return hostile.isEmpty() ? name : hostile + "." + name;
    }

    private List<Trial.Ruling> rulings(String tool, Trial.@Nullable Stop stop) {
        List<Trial.Ruling> rulings = new ArrayList<>();
        rulings.add(new Trial.Ruling("academic", "dns", "namsan.aca.kp A", "allow", "library-reading"));
        for (int i = 0; i < (tool.equals("iodine") ? 12 : 3); i++) {
            rulings.add(new Trial.Ruling("academic", "dns", "host" + i + ".example.com A", "deny", "default"));
        }
        if (stop != null) {
            rulings.add(new Trial.Ruling("academic", stop.layer(), stop.resource(), "deny", stop.rule()));
        }
        return rulings;
    }

    private static String journal(List<Trial.Ruling> rulings) {
        StringBuilder journal = new StringBuilder();
        int seq = 0;
        for (Trial.Ruling ruling : rulings) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("seq", ++seq);
            line.put("service", ruling.layer());
            line.put("subject", ruling.subject());
            line.put("action", ruling.layer().equals("dns") ? "resolve" : "fetch");
            line.put("resource", ruling.resource());
            line.put("verdict", ruling.verdict());
            line.put("rule", ruling.rule());
            line.put("code", ruling.verdict().equals("deny") ? "no-rule" : "rule");
            line.put("presentation", ruling.verdict().equals("deny") ? "nxdomain" : "answer");
            line.put("count", 2);
            journal.append(ResultJson.write(line).replaceAll("\\s*\n\\s*", "")).append('\n');
        }
        return journal.toString();
    }

    private List<Trial.Probe> probes(String tool, String condition, Outcome outcome) {
        Outcome first = outcome == Outcome.PARTLY ? Outcome.THROUGH : outcome;
        Map<String, Object> web = new LinkedHashMap<>();
        web.put("status", outcome == Outcome.BLOCKED ? 451 : 200);
        web.put("control", true);
        web.put("answers", List.of("198.51.100.7", "198.51.100.8" + hostile));
        web.put("seconds_to_first_byte", seconds(tool, condition));
        web.put("seconds", seconds(tool, condition) * 1.4);
        return List.of(
                new Trial.Probe("web", first, hostile, web, List.of("probe-web.json")),
                new Trial.Probe("dns", first, "", Map.of("consistent", first == Outcome.THROUGH), List.of()),
                new Trial.Probe("latency", first, "", Map.of("median_ms", seconds(tool, condition) * 300), List.of()),
                new Trial.Probe(
                        "throughput",
                        outcome,
                        "",
                        Map.of("octets", 1_048_576, "bits_per_second", 8e6 / seconds(tool, condition)),
                        List.of()));
    }

    /** Around a centre of the tool's own, as networks are: skewed. */
    private double seconds(String tool, String condition) {
        double centre = 0.02 * (1 + Math.floorMod(tool.hashCode(), 40)) * (condition.equals("far") ? 6 : 1);
        return Math.round(centre * Math.exp(random.nextGaussian() * 0.15) * 1e6) / 1e6;
    }

    private static Map<String, String> far() {
        Map<String, String> far = new LinkedHashMap<>();
        far.put("delay", "80ms");
        far.put("jitter", "10ms");
        far.put("loss", "0.5%");
        far.put("rate", "2Mbit");
        return far;
    }
}
