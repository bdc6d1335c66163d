package kwangmyong.bench.probe;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kwangmyong.bench.recipe.Told;
import kwangmyong.bench.recipe.WayIn;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fetches and looks up by real programs, through whatever a tool offers. */
final class Fetcher {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration MORE = Duration.ofSeconds(3);
    private static final int DIG_SECONDS = 3;

    /** As often as a stub resolver does, resolv.conf(5): one lost datagram is no verdict. */
    private static final int DIG_TRIES = 2;

    private static final int TIMED_OUT = 28; // libcurl-errors(3)

    /** In milliseconds: curl tries the other family when one is silent, and not because the machine is slow, so that two runs do the same. */
    private static final String SECOND_FAMILY_AFTER = "3000";

    private static final Pattern ENDPOINT = Pattern.compile("\\[?([0-9.]+|[0-9A-Fa-f:.]+(?=]))]?:([0-9]{1,5})");

    private final Ground ground;
    private final WayIn way;
    private final Told told;
    private final Duration within;
    private final long origin;

    /**
     * @param within of one fetch
     * @param origin what {@link System#nanoTime} was when the measurement began
     */
    Fetcher(Ground ground, WayIn way, Told told, Duration within, long origin) {
        this.ground = ground;
        this.way = way;
        this.told = told;
        this.within = within;
        this.origin = origin;
    }

    /** What a page of the target is called through this tool. */
    String url(String host, String path) {
        return (way instanceof WayIn.Forward ? "http://" : "https://") + host + path;
    }

    /** Whether names are looked up at the terminal, and not by the tool. */
    boolean resolvesHere() {
        return way instanceof WayIn.AsItIs || way instanceof WayIn.Resolver || way instanceof WayIn.Tun;
    }

    /** As {@code socksproxy} of OONI's df-001-httpt; null without one. */
    @Nullable
    String socks() {
        return way instanceof WayIn.Socks socks ? told.in(socks.address()) : null;
    }

    private double now() {
        return (System.nanoTime() - origin) / 1e9;
    }

    /** A line for the shell that looks a name up; {@link #found} reads what it leaves. */
    private String looking(String name, String type, String file) {
        List<String> words = new ArrayList<>(List.of("dig", "+noall", "+comments", "+answer", "+stats"));
        words.addAll(List.of("+tries=" + DIG_TRIES, "+time=" + DIG_SECONDS));
        resolver().ifPresent(words::addAll);
        words.addAll(List.of(name, type));
        return line(words) + " >" + file + ".dig 2>&1";
    }

    /** What {@link #looking} found, begun then and ended now. */
    private Lookup found(String name, String type, String file, double begun) throws IOException {
        return Lookup.read(name, type, ground.text(file + ".dig"), begun, now());
    }

    /** An address of both families, asked for at once. */
    List<Lookup> lookUp(String name, String file) throws IOException, InterruptedException {
        double begun = now();
        ground.run(
                looking(name, "A", file + "-a") + " & " + looking(name, "AAAA", file + "-aaaa") + "; wait",
                Map.of(),
                Duration.ofSeconds((long) DIG_SECONDS * DIG_TRIES).plus(MORE));
        return List.of(found(name, "A", file + "-a", begun), found(name, "AAAA", file + "-aaaa", begun));
    }

    /** How dig is told whom to ask, where that is not whom every program asks. */
    private Optional<List<String>> resolver() {
        if (way instanceof WayIn.Resolver resolver) {
            return Optional.of(asked(told.in(resolver.address())));
        } else if (way instanceof WayIn.Tun tun && tun.resolver() != null) {
            return Optional.of(asked(told.in(tun.resolver())));
        }
        return Optional.empty();
    }

    /** An address with or without a port, as dig wants it. */
    private static List<String> asked(String endpoint) {
        Matcher parts = ENDPOINT.matcher(endpoint);
        return parts.matches() ? List.of("@" + parts.group(1), "-p", parts.group(2)) : List.of("@" + endpoint);
    }

    /**
     * What is fetched.
     *
     * @param file the beginning of the names of what is left in the folder: {@code .json}, {@code .headers}, {@code .body}
     */
    record Job(String url, String file) {}

    /**
     * Fetches one thing after another.
     *
     * @param host the only one that they are of
     * @param found what its name was seen to lead to, where that is looked up apart; empty for nothing
     */
    List<Fetched> fetch(List<Job> jobs, String host, List<String> found) throws IOException, InterruptedException {
        double begun = now();
        if (!(way instanceof WayIn.Fetch) && resolver().isPresent() && found.isEmpty()) {
            return jobs.stream().map(job -> nothing(job.url(), begun)).toList();
        }
        String script = jobs.stream().map(job -> fetching(job, host, found)).collect(Collectors.joining("\n"));
        boolean ended =
                ground.run(script, Map.of(), within.multipliedBy(jobs.size()).plus(MORE));
        List<Fetched> fetched = new ArrayList<>();
        double from = begun;
        for (Job job : jobs) {
            Fetched one = way instanceof WayIn.Fetch
                    ? ofScript(job, ended, from, (now() - begun) / jobs.size())
                    : ofCurl(job, ended, from);
            fetched.add(one);
            from += one.seconds();
        }
        return fetched;
    }

    private String fetching(Job job, String host, List<String> found) {
        String fresh = "rm -f " + job.file() + ".*\n";
        if (way instanceof WayIn.Fetch fetch) {
            return fresh + "export URL=" + line(List.of(job.url())) + "\n(cd \"$HOME\"\n" + fetch.run() + "\n) >"
                    + job.file() + ".body 2>" + job.file() + ".err; echo $? >" + job.file() + ".exit";
        }
        List<String> words = new ArrayList<>(List.of("curl", "-sS", "-m", seconds(within)));
        words.addAll(List.of("--happy-eyeballs-timeout-ms", SECOND_FAMILY_AFTER));
        words.addAll(List.of("-o", job.file() + ".body", "-D", job.file() + ".headers", "-w", "%{json}"));
        if (way instanceof WayIn.Socks socks) {
            words.addAll(List.of("--socks5-hostname", told.in(socks.address())));
        } else if (way instanceof WayIn.HttpProxy proxy) {
            words.addAll(List.of("-x", "http://" + told.in(proxy.address()), "--suppress-connect-headers"));
        } else if (way instanceof WayIn.Forward forward) {
            words.addAll(List.of("--connect-to", "::" + told.in(forward.address())));
        } else if (way instanceof WayIn.Tun tun) {
            words.addAll(List.of("--interface", tun.device()));
        }
        if (resolver().isPresent()) {
            words.addAll(List.of("--resolve", host + ":443:" + String.join(",", found)));
        }
        words.add(job.url());
        return fresh + line(words) + " >" + job.file() + ".json 2>" + job.file() + ".err";
    }

    /** As curl reads them: a whole 0 would be no limit. */
    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).toPlainString();
    }

    /** The name leads nowhere, so that there is nothing to connect to. */
    private static Fetched nothing(String url, double begun) {
        return new Fetched(url, 6, "the name leads nowhere", 0, List.of(), new byte[0], 0, "", 0, 0, 0, 0, begun);
    }

    private Fetched ofScript(Job job, boolean ended, double begun, double seconds) throws IOException {
        String exit = ground.text(job.file() + ".exit").strip();
        byte[] body = ground.octets(job.file() + ".body", Fetched.MOST_BODY);
        int status = !ended ? TIMED_OUT : exit.equals("0") ? 0 : 1;
        String said = firstLine(ground.text(job.file() + ".err"));
        long size = ground.size(job.file() + ".body");
        return new Fetched(job.url(), status, said, 0, List.of(), body, size, "", 0, 0, 0, seconds, begun);
    }

    private Fetched ofCurl(Job job, boolean ended, double begun) throws IOException {
        String file = job.file();
        String text = ground.text(file + ".json");
        JsonNode json = read(text);
        String said = json.path("errormsg").asString("");
        String remote = json.path("remote_ip").asString("");
        return new Fetched(
                job.url(),
                json.path("exitcode").asInt(ended ? 2 : TIMED_OUT),
                said.isEmpty() ? firstLine(ground.text(file + ".err")) : said,
                json.path("response_code").asInt(0),
                headers(ground.text(file + ".headers")),
                ground.octets(file + ".body", Fetched.MOST_BODY),
                json.path("size_download").asLong(0),
                remote.isEmpty()
                        ? ""
                        : (remote.contains(":") ? "[" + remote + "]" : remote) + ":"
                                + json.path("remote_port").asInt(0),
                json.path("time_connect").asDouble(0),
                json.path("time_appconnect").asDouble(0),
                json.path("time_starttransfer").asDouble(0),
                json.path("time_total").asDouble(0),
                begun);
    }

    /** What curl wrote, or nothing: whoever is probed may write there as well. */
    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text.isBlank() ? "{}" : text);
        } catch (JacksonException garbled) {
            return JSON.createObjectNode();
        }
    }

    /** Those of the last response: a proxy's come before it. */
    private static List<Fetched.Header> headers(String text) {
        String last = text.strip();
        int before = Math.max(last.lastIndexOf("\r\n\r\n"), last.lastIndexOf("\n\n"));
        return last.substring(Math.max(before, 0))
                .lines()
                .filter(line -> line.indexOf(':') > 0)
                .map(line -> new Fetched.Header(
                        line.substring(0, line.indexOf(':')).strip(),
                        line.substring(line.indexOf(':') + 1).strip()))
                .toList();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Every word in quotes, so that the shell sees none of them as its own. */
    private static String line(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    static String asText(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
