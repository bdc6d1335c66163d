package kwangmyong.bench.probe;

import java.io.IOException;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fetches and looks up by real programs, through whatever a tool offers. */
final class Fetcher {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration MORE = Duration.ofSeconds(3);
    private static final int DIG_SECONDS = 3;

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

    Lookup lookUp(String name, String type, String file) throws IOException, InterruptedException {
        double begun = now();
        List<String> words = new ArrayList<>(List.of("dig", "+noall", "+comments", "+answer", "+stats"));
        words.addAll(List.of("+tries=1", "+time=" + DIG_SECONDS));
        resolver().ifPresent(at -> words.addAll(at));
        words.addAll(List.of(name, type));
        ground.run(
                line(words) + " >" + file + ".dig 2>&1",
                Map.of(),
                Duration.ofSeconds(DIG_SECONDS).plus(MORE));
        return Lookup.read(name, type, ground.text(file + ".dig"), begun, now());
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
     * Fetches.
     *
     * @param file the beginning of the names of what is left in the folder: {@code .json}, {@code .headers}, {@code .body}
     * @param found what the host's name was seen to lead to, where that is looked up apart; empty for nothing
     */
    Fetched fetch(String url, String host, List<String> found, String file) throws IOException, InterruptedException {
        double begun = now();
        if (way instanceof WayIn.Fetch fetch) {
            return byScript(fetch.run(), url, file, begun);
        }
        List<String> words = new ArrayList<>(List.of("curl", "-sS", "-m", Long.toString(within.toSeconds())));
        words.addAll(List.of("--happy-eyeballs-timeout-ms", SECOND_FAMILY_AFTER));
        words.addAll(List.of("-o", file + ".body", "-D", file + ".headers", "-w", "%{json}"));
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
            if (found.isEmpty()) {
                return nothing(url, begun);
            }
            words.addAll(List.of("--resolve", host + ":443:" + String.join(",", found)));
        }
        words.add(url);
        boolean ended = ground.run(line(words) + " >" + file + ".json 2>" + file + ".err", Map.of(), within.plus(MORE));
        return read(url, file, ended, begun);
    }

    /** The name leads nowhere, so that there is nothing to connect to. */
    private static Fetched nothing(String url, double begun) {
        return new Fetched(url, 6, "the name leads nowhere", 0, List.of(), new byte[0], 0, "", 0, 0, 0, 0, begun);
    }

    private Fetched byScript(String script, String url, String file, double begun)
            throws IOException, InterruptedException {
        boolean ended = ground.run(
                "{ " + script + "\n} >" + file + ".body 2>" + file + ".err; echo $? >" + file + ".exit",
                Map.of("URL", url),
                within.plus(MORE));
        double seconds = now() - begun;
        String exit = ground.text(file + ".exit").strip();
        byte[] body = ground.octets(file + ".body", Fetched.MOST_BODY);
        int status = !ended ? 28 : exit.equals("0") ? 0 : 1;
        return new Fetched(
                url,
                status,
                firstLine(ground.text(file + ".err")),
                status == 0 && body.length > 0 ? 200 : 0,
                List.of(),
                body,
                body.length,
                "",
                0,
                0,
                0,
                seconds,
                begun);
    }

    private Fetched read(String url, String file, boolean ended, double begun) throws IOException {
        String text = ground.text(file + ".json");
        JsonNode json = text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
        String said = json.path("errormsg").asString("");
        String remote = json.path("remote_ip").asString("");
        return new Fetched(
                url,
                ended ? json.path("exitcode").asInt(2) : 28,
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
