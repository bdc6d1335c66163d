package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The border of a lab in isolated mode, as programs at terminals and readers of captures see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BorderIT {
    private static final String LAB =
            Path.of("src/test/resources/labs/border").toAbsolutePath().toString();
    /** Of a site of the world, asked by its address. */
    private static final String SITE = "--resolve dailynk.com:80:192.0.2.10 http://dailynk.com/";

    private static final String CURL = "curl -sS --max-time 20 -o /dev/null ";
    /** A server that anybody might run in the world; nobody does. */
    private static final String SERVER = "198.51.100.7";

    private Path state = Path.of(".");
    private boolean started;

    @BeforeAll
    void start() throws Exception {
        state = Files.createTempDirectory("kwm-border");
        assumeTrue(
                GardenExtension.run(state, List.of("unshare", "--user", "--map-root-user", "true"))
                                .status()
                        == 0,
                "nobody may make namespaces here, as in a chroot");
        Outcome up = run("up", LAB, "--mode", "isolated", "--detach");
        assertThat(up.status()).as(up.output()).isZero();
        started = true;
        assertThat(at("academic", CURL + SITE).output()).isEmpty();
    }

    @AfterAll
    void stop() throws Exception {
        if (started) {
            Outcome down = run("down", LAB);
            assertThat(down.status()).as(down.output()).isZero();
        }
        try (Stream<Path> left = Files.walk(state)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    @BeforeEach
    void forget() throws Exception {
        kwm("border", "--clear", "--reset");
    }

    private Outcome run(String... words) throws IOException, InterruptedException {
        return GardenExtension.run(state, GardenExtension.command(words));
    }

    private static String[] words(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(command, "--lab", LAB));
        words.addAll(Arrays.asList(arguments));
        return words.toArray(String[]::new);
    }

    private String kwm(String command, String... arguments) throws IOException, InterruptedException {
        Outcome outcome = run(words(command, arguments));
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private Outcome at(String subject, String script) throws IOException, InterruptedException {
        return run(words("enter", subject, "--", "bash", "-c", script));
    }

    @Test
    void aFlowThatARuleAllowsReachesTheWorldAndTheJournalHasIt() throws Exception {
        assertThat(at("academic", CURL + "-w '%{http_code}' " + SITE)).isEqualTo(new Outcome(0, "200"));

        assertThat(kwm("events", "--where", "service=border", "--json"))
                .contains(
                        "\"action\":\"flow\",\"resource\":\"192.0.2.10:80/tcp\",\"verdict\":\"allow\",\"rule\":\"flows\"");
        assertThat(kwm("border")).contains("1 begun");
        assertThat(kwm("explain", "academic", "192.0.2.10:80/tcp")).contains("border", "flow", "allow");
    }

    @Test
    void aDeniedFlowLooksAsItsRuleSays() throws Exception {
        String connect = "curl -sS --max-time 3 http://" + SERVER;
        assertThat(at("trader", connect).status()).as("reset").isEqualTo(7);
        assertThat(at("academic", connect + ":43").output()).as("an error").contains("(7)");
        assertThat(at("academic", connect + ":23").status()).as("nothing").isEqualTo(28);
        assertThat(kwm("border")).contains("denied");
    }

    @Test
    void packetsAreLateByTheDelayBothWays() throws Exception {
        String time = CURL + "-w '%{time_connect}' " + SITE;
        kwm("border", "--delay", "150ms");
        double slow = Double.parseDouble(at("academic", time).output());
        String pinged = at("academic", "ping -c 2 -i 0.2 " + SERVER).output();
        kwm("border", "--clear");
        kwm("border", "--attachment", "campus", "--delay", "100ms");
        double slower = Double.parseDouble(at("academic", time).output());
        kwm("border", "--attachment", "campus", "--clear");

        assertThat(Double.parseDouble(pinged.replaceAll("(?s).*= ([0-9.]+)/.*", "$1")))
                .as(pinged)
                .isGreaterThanOrEqualTo(300);
        assertThat(slow).isGreaterThanOrEqualTo(0.3);
        assertThat(slower).isGreaterThanOrEqualTo(0.2);
    }

    @Test
    void theSameSeedLosesTheSameDatagramsAndAnotherLosesOthers() throws Exception {
        kwm("border", "--loss", "20%");

        List<String> once = lostOf200("5");
        assertThat(once).hasSizeBetween(10, 90);
        assertThat(lostOf200("5")).isEqualTo(once);
        assertThat(lostOf200("6")).isNotEqualTo(once);
    }

    /** What the capture says was lost of numbered datagrams, which nobody waits for and no error stops. */
    private List<String> lostOf200(String seed) throws IOException, InterruptedException {
        Path file = state.resolve("lost.pcapng");
        Files.deleteIfExists(file);
        kwm("border", "--reset", "--seed", seed);
        Process capture = capture(file);
        at(
                "academic",
                "perl -MSocket -e 'socket(S, PF_INET, SOCK_DGRAM, 0); send(S, sprintf(\"%03d\", $_), 0, pack_sockaddr_in(9000, inet_aton(\""
                        + SERVER + "\"))) for 1 .. 200'");
        // an echo that comes back left behind them, so that the border has had them all
        assertThat(at("academic", "for i in $(seq 20); do ping -c 1 -W 1 " + SERVER + " && exit; done; exit 1")
                        .status())
                .isZero();
        capture.destroy();
        capture.waitFor();
        return read(file, "-Y", "udp and not icmp and frame.comment contains \"lost\"", "-e", "data")
                .lines()
                .toList();
    }

    @Test
    void aCaptureHasBothSidesAndTheDecisionOfEachPacket() throws Exception {
        Path file = state.resolve("a.pcapng");
        Process capture = capture(file);
        at("academic", CURL + SITE);
        at("trader", "curl -sS --max-time 3 http://" + SERVER);
        capture.destroy();
        capture.waitFor();

        String read = read(file, "-e", "frame.interface_name", "-e", "ip.src", "-e", "frame.comment");
        assertThat(read.lines())
                .anyMatch(line -> line.matches("in\\s10\\.76\\.20\\.11\\sallow flows d\\d+\\.1"))
                .anyMatch(line -> line.matches("out\\s192\\.0\\.2\\.10\\sallow flows d\\d+\\.1"))
                .anyMatch(line -> line.matches("in\\s10\\.76\\.30\\.11\\sdeny flows d\\d+\\.2"))
                .anyMatch(line -> line.matches("in\\s198\\.51\\.100\\.7\\sthe border's answer to deny flows d\\d+\\.2"))
                .noneMatch(line -> line.matches("out\\s10\\.76\\.30\\.11.*"));
        String id = read.replaceAll("(?s).*allow flows (d\\d+\\.1).*", "$1");
        assertThat(kwm("events", "--where", "detail=" + id)).contains("192.0.2.10:80/tcp");
    }

    @Test
    void aLogOutCutsAnOpenFlow() throws Exception {
        kwm("login", "delegate", "10.76.60.11");
        Process client = begin(words(
                "enter",
                "delegate",
                "--",
                "bash",
                "-c",
                "exec 3<>/dev/tcp/192.0.2.10/80; echo open; read -t 60 -u 3; echo ended $?"));
        try (BufferedReader said = client.inputReader()) {
            assertThat(said.readLine()).isEqualTo("open");
            long before = System.nanoTime();
            kwm("logout", "10.76.60.11");
            assertThat(said.readLine()).contains("Connection reset by peer");
            assertThat(said.readLine()).as("not for its time").isEqualTo("ended 1");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void theBordersNetworkIsAmongWhatIsLookedAtForLeaks() throws Exception {
        assertThat(kwm("leaks")).contains("border     links: in lo out", "no way out was found");
    }

    /** One that has begun. */
    private Process capture(Path file) throws IOException {
        Process capture = begin(words("capture", file.toString()));
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(file));
        return capture;
    }

    /** What tshark, which is none of ours, finds in a capture. */
    private String read(Path file, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-T", "fields"));
        words.addAll(Arrays.asList(arguments));
        Outcome outcome = GardenExtension.run(state, words);
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return outcome.output()
                .lines()
                .filter(line -> !line.startsWith("Running as user")) // said to root
                .collect(Collectors.joining("\n"));
    }

    private Process begin(String... words) throws IOException {
        var builder = new ProcessBuilder(GardenExtension.command(words)).redirectErrorStream(true);
        builder.environment().put("KWM_STATE", state.toString());
        return builder.start();
    }
}
