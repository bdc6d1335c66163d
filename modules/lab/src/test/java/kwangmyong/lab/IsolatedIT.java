package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default lab in isolated mode, started by a plain user (where this is root, by {@code nobody} if that may read the checkout): programs that know nothing of it, at terminals with no way out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IsolatedIT {
    private static final int CANNOT = 125;
    private static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private List<String> person = List.of();
    private Path state = Path.of(".");
    private boolean started;

    @BeforeAll
    void start() throws Exception {
        state = Files.createTempDirectory("kwm-isolated");
        if ("root".equals(System.getProperty("user.name"))) {
            person = NOBODY;
            String kwm = GardenExtension.command().get(GardenExtension.command().size() - 1);
            if (asPerson("test", "-x", kwm).status() == 0) {
                Files.setOwner(
                        state,
                        state.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            } else {
                person = List.of();
            }
        }
        assumeTrue(
                asPerson("unshare", "--user", "--map-root-user", "true").status() == 0,
                "nobody may make namespaces here, as in a chroot");
        Outcome up = kwm("up", "--mode", "isolated", "--detach");
        assertThat(up.status()).as(up.output()).isZero();
        started = true;
    }

    @AfterAll
    void stop() throws Exception {
        if (started) {
            Outcome down = kwm("down");
            assertThat(down.status()).as(down.output()).isZero();
            assertThat(state.resolve("run")).isEmptyDirectory();
        }
        try (Stream<Path> left = Files.walk(state)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    private List<String> words(List<String> command) {
        List<String> words = new ArrayList<>(person);
        words.addAll(command);
        return words;
    }

    private Outcome asPerson(String... command) throws IOException, InterruptedException {
        return GardenExtension.run(state, words(List.of(command)));
    }

    /** A kwm command that is not waited for. */
    private Process start(String... arguments) throws IOException {
        var builder = new ProcessBuilder(words(GardenExtension.command(arguments)));
        builder.environment().put("KWM_STATE", state.toString());
        return builder.start();
    }

    private Outcome kwm(String... arguments) throws IOException, InterruptedException {
        return asPerson(GardenExtension.command(arguments).toArray(String[]::new));
    }

    private Outcome at(String subject, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("enter", subject, "--"));
        words.addAll(Arrays.asList(command));
        return kwm(words.toArray(String[]::new));
    }

    private Outcome shellAt(String subject, String script) throws IOException, InterruptedException {
        return at(subject, "bash", "-c", script);
    }

    private ProcessHandle launcher() throws IOException {
        long pid = Files.readAllLines(state.resolve("run/lab.properties")).stream()
                .filter(line -> line.startsWith("pid="))
                .mapToLong(line -> Long.parseLong(line.substring(4)))
                .findFirst()
                .orElseThrow();
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Runs something with every right over the lab's own network, as only a person outside can. */
    private Outcome inTheLabsNetwork(String... command) throws IOException, InterruptedException {
        String first = launcher()
                .children()
                .findFirst()
                .map(child -> Long.toString(child.pid()))
                .orElseThrow();
        List<String> words = new ArrayList<>(
                List.of("nsenter", "--target", first, "--user", "--net", "--preserve-credentials", "--"));
        words.addAll(Arrays.asList(command));
        return asPerson(words.toArray(String[]::new));
    }

    @Test
    void programsThatKnowOfNoProxyReachWhatTheirSubjectMay() throws Exception {
        String curl = "curl -sS --max-time 30 -o /dev/null -w '%{http_code} ' ";
        assertThat(shellAt("academic", curl + "-4 http://namsan.aca.kp/; " + curl + "-6 https://namsan.aca.kp/"))
                .isEqualTo(new Outcome(0, "200 200 "));
        assertThat(shellAt("leader", curl + "https://dailynk.com/")).isEqualTo(new Outcome(0, "200 "));

        assertThat(shellAt("academic", "getent hosts dailynk.com").status()).isEqualTo(2);
        assertThat(shellAt("academic", curl + "--connect-to ::192.0.2.10 http://dailynk.com/")
                        .output())
                .endsWith("451 ");
        assertThat(at("trader", "curl", "-sS", "--connect-to", "::10.76.1.10", "https://namsan.aca.kp/")
                        .output())
                .contains("alert access denied");
    }

    @Test
    void whoLogsInAtACafeIsSomebodyAtThatTerminal() throws Exception {
        assertThat(shellAt("resident", "getent ahostsv4 naenara.com.kp").status())
                .isEqualTo(2);
        try {
            assertThat(kwm("login", "resident", "10.76.10.11").status()).isZero();
            assertThat(shellAt("resident", "curl -sS -o /dev/null -w '%{http_code}' http://naenara.com.kp/"))
                    .isEqualTo(new Outcome(0, "200"));
        } finally {
            kwm("logout", "10.76.10.11");
        }
    }

    @Test
    void nothingStandsBetweenAProgramAndThePerson() throws Exception {
        assertThat(shellAt("academic", "hostname; exit 37")).isEqualTo(new Outcome(37, "academic\n"));
        Process reverses = start("enter", "academic", "--", "rev");
        try (var input = reverses.outputWriter(StandardCharsets.UTF_8)) {
            input.write("조선\n");
        }
        assertThat(reverses.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("선조");
        assertThat(reverses.waitFor()).isZero();
        assertThat(at("nobody-there", "true").status()).isEqualTo(CANNOT);
        assertThat(kwm("enter", "academic", "--proxy", "--", "sh", "-c", "echo $http_proxy")
                        .output())
                .isEqualTo("http://10.76.0.1:3128/\n");
    }

    @Test
    void aProgramEndsWithTheCommandThatRanIt() throws Exception {
        Process entered = start("enter", "official", "--", "sleep", "987654");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> at("official", "pgrep", "-f", "^sleep 987654").status() == 0);
        assertThat(at("academic", "pgrep", "-f", "^sleep 987654").status())
                .as("terminals do not see one another's processes")
                .isEqualTo(1);

        entered.destroy();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> at("official", "pgrep", "-f", "^sleep 987654").status() == 1);
    }

    @Test
    void whateverAProgramTriesNothingOfTheMachineIsReached() throws Exception {
        Path beside = Files.createTempDirectory(Path.of(System.getProperty("user.dir")), "socket");
        try (var tcp = ServerSocketChannel.open();
                var file = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            tcp.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0)).configureBlocking(false);
            file.bind(UnixDomainSocketAddress.of(beside.resolve("s"))).configureBlocking(false);
            int port = ((InetSocketAddress) tcp.getLocalAddress()).getPort();
            Stream<String> own = Stream.of(GardenExtension.run(state, List.of("hostname", "-I"))
                    .output()
                    .strip()
                    .split("\\s+"));
            String addresses = String.join(
                    " ", own.filter(address -> !address.contains(":")).toList());

            Outcome tried = shellAt("leader", """
                    try() { timeout 5 "$@" >/dev/null 2>&1 && echo "it worked: $*"; }
                    for address in 127.0.0.1 169.254.0.1 10.76.0.1 %s; do
                        try bash -c "exec 3<>/dev/tcp/$address/%d && read -r -u 3 line"
                    done
                    try dig +time=2 +tries=1 @192.0.2.53 example.com
                    try dig +time=2 +tries=1 @2001:db8::53 example.com
                    try curl -sf http://169.254.169.254/latest/meta-data/
                    try ping -c 1 -W 2 192.0.2.10
                    try ip address add 10.76.20.11/32 dev eth0
                    try ip link add hole type dummy
                    try umount /run
                    try ls %s/run
                    try curl -s --unix-socket %s http://machine/
                    try dig +time=2 +tries=1 -b 10.76.20.11 @10.76.0.1 namsan.aca.kp
                    true
                    """.formatted(addresses, port, state, beside.resolve("s")));

            assertThat(tried.output()).isEmpty();
            assertThat(tcp.accept()).as("who came to the machine's own port").isNull();
            assertThat(file.accept()).as("who came to the machine's own socket").isNull();
        } finally {
            Files.deleteIfExists(beside.resolve("s"));
            Files.delete(beside);
        }
        Outcome leaks = kwm("leaks");
        assertThat(leaks.status()).as(leaks.output()).isZero();
    }

    @Test
    void theWorldIsANetworkOfItsOwnWhereAnyAddressOfItsHostingCanBeUsed() throws Exception {
        assertThat(inTheLabsNetwork("ip", "-o", "address").output())
                .contains("10.76.0.1/32")
                .doesNotContain("192.0.2.10", "2001:db8::10");
        assertThat(inTheWorld("""
                        dig +short @203.0.113.2 dailynk.com
                        dig +short +tcp @2001:db8::2 . NS
                        dig +noall +authority @203.0.113.2 x.t.tunnel.example | grep -o 'NS.*'
                        curl -sS -o /dev/null -w '%{http_code}\n' https://dailynk.com/
                        for address in 198.51.100.77 2001:db8:5::77; do
                            timeout 5 curl -s --interface $address -o /dev/null http://dailynk.com/ && echo from $address
                        done
                        timeout 5 bash -c 'exec 3<>/dev/tcp/10.76.0.1/53' 2>/dev/null && echo the lab was reached
                        true
                        """)).isEqualTo(new Outcome(0, """
                        192.0.2.10
                        a.root-servers.invalid.
                        NS\tns.tunnel.example.
                        200
                        from 198.51.100.77
                        from 2001:db8:5::77
                        """));
    }

    private Outcome inTheWorld(String script) throws IOException, InterruptedException {
        return kwm("enter", "--world", "--", "bash", "-c", script);
    }

    @Test
    void probesFetchInTheWorldWhatIsThereForThem() throws Exception {
        String curl = "curl -s -o /dev/null -w '%{http_code} ' https://dailynk.com/.well-known/kwm-bench/";
        String all = curl + "token/a-1; " + curl + "bytes/7; " + curl + "token/..%2fa-1; " + curl + "bytes/67108865";
        assertThat(shellAt("leader", all)).isEqualTo(new Outcome(0, "404 404 404 404 "));
        asPerson("mkdir", state + "/tokens");
        asPerson("sh", "-c", "echo only the world knows >" + state + "/tokens/a-1");
        try {
            assertThat(shellAt("leader", all)).isEqualTo(new Outcome(0, "200 200 404 404 "));
            String fetch = "curl -s https://dailynk.com/.well-known/kwm-bench/";
            assertThat(shellAt("leader", fetch + "token/a-1; " + fetch + "bytes/20000000 | wc -c"))
                    .isEqualTo(new Outcome(0, "only the world knows\n20000000\n"));
        } finally {
            asPerson("rm", "-r", state + "/tokens");
        }
    }

    @Test
    void aDeviceIsMadeAtAPlaceByWhoAsksForTheRightAndNothingElse() throws Exception {
        String make = "ip tuntap add dev tun7 mode tun && ip -o link show dev tun7 | cut -d: -f2; ip link del dev tun7";
        assertThat(shellAt("official", make).output()).doesNotContain(" tun7\n");
        Outcome made = kwm("enter", "--tun", "official", "--", "bash", "-c", make + "; umount /run || echo kept");
        if (asPerson("test", "-w", "/dev/net/tun").status() == 0) {
            assertThat(made.output()).contains(" tun7\n").endsWith("kept\n");
        } else {
            assertThat(made.output()).doesNotContain(" tun7\n").endsWith("kept\n");
        }
        assertThat(kwm("leaks").status()).isZero();
    }

    @Test
    void aPlantedHoleIsFound() throws Exception {
        assertThat(kwm("leaks").output()).endsWith("no way out was found\n");
        Outcome planted = inTheLabsNetwork("ip", "link", "add", "hole", "type", "veth", "peer", "name", "hole2");
        assertThat(planted.status()).as(planted.output()).isZero();
        try {
            Outcome leaks = kwm("leaks");
            assertThat(leaks.status()).isEqualTo(ExitStatus.DIFFERENT);
            assertThat(leaks.output()).containsPattern("LEAK +lab +links: hole hole2 lo t0.* w0");
        } finally {
            inTheLabsNetwork("ip", "link", "delete", "hole");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"the launcher", "the first process", "the lab itself"})
    void killedOutrightItLeavesNothing(String what) throws Exception {
        ProcessHandle launcher = launcher();
        ProcessHandle first = launcher.children().findFirst().orElseThrow();
        ProcessHandle lab = first.children().findFirst().orElseThrow();
        Process entered = start("enter", "official", "--", "sleep", "987655");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> at("official", "pgrep", "-f", "^sleep 987655").status() == 0);
        List<ProcessHandle> all =
                Stream.concat(Stream.of(launcher), launcher.descendants()).toList();

        switch (what) {
            case "the launcher" -> launcher.destroyForcibly();
            case "the first process" -> first.destroyForcibly();
            default -> lab.destroyForcibly();
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(all).noneMatch(ProcessHandle::isAlive));
        assertThat(entered.waitFor(20, TimeUnit.SECONDS))
                .as("the program at a terminal ends too")
                .isTrue();
        assertThat(kwm("status").status()).isEqualTo(ExitStatus.NOT_RUNNING);
        assertThat(kwm("enter", "official", "--", "true").status()).isEqualTo(CANNOT);
        Outcome again = kwm("up", "--mode", "isolated", "--detach");
        assertThat(again.status()).as(again.output()).isZero();
    }
}
