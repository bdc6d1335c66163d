package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.Trial;
import kwangmyong.lab.outcome.ExitStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The short experiment, run by a plain user (see {@link PlainUser}): real tools, and what theory is sure of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BenchIT {
    /** A minute or so on a machine that has nothing else to do. */
    private static final long WITHIN_SECONDS = 900;

    private final String experiment =
            home().resolve("lab-configs/benches/short.yaml").toString();
    private List<String> person = List.of();
    private Path folder = Path.of(".");
    private GardenExtension.Outcome said = new GardenExtension.Outcome(-1, "");

    private static Path home() {
        return Path.of(System.getProperty("kwm.home", "../..")).toAbsolutePath().normalize();
    }

    @BeforeAll
    void run() throws Exception {
        folder = Files.createTempDirectory("kwm-bench");
        person = PlainUser.before(folder, home().resolve("scripts/kwm"));
        assumeTrue(
                asPerson("unshare", "--user", "--map-root-user", "true").status() == 0,
                "nobody may make namespaces here, as in a chroot");
        said = bench("first", "--parallel", "2");
    }

    @AfterAll
    void clean() throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    private GardenExtension.Outcome asPerson(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(person);
        words.addAll(List.of(command));
        return GardenExtension.run(folder, words);
    }

    private GardenExtension.Outcome bench(String into, String... more) throws IOException, InterruptedException {
        return benchOf(experiment, into, more);
    }

    private GardenExtension.Outcome benchOf(String file, String into, String... more)
            throws IOException, InterruptedException {
        return bench(file, into, bench -> {}, more);
    }

    /** What is done while an experiment runs. */
    private interface Meanwhile {
        void with(Process bench) throws IOException, InterruptedException;
    }

    private GardenExtension.Outcome bench(String file, String into, Meanwhile meanwhile, String... more)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("bench", "run", file, "--into", folder.resolve(into).toString()));
        words.addAll(List.of(more));
        List<String> whole = new ArrayList<>(person);
        whole.addAll(GardenExtension.command(words.toArray(String[]::new)));
        Path output = Files.createTempFile("kwm-bench", ".out");
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .start();
            try {
                meanwhile.with(process);
                boolean ended = process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS);
                return new GardenExtension.Outcome(ended ? process.exitValue() : -1, Files.readString(output));
            } finally {
                process.destroy();
            }
        } finally {
            Files.delete(output);
        }
    }

    private Results results(String into) throws IOException {
        return ResultsFolder.read(folder.resolve(into));
    }

    @Test
    void whatTheoryIsSureOfHoldsAndEveryTrialIsWhole() throws Exception {
        assertThat(said.status()).as(said.output()).isZero();
        Results results = results("first");
        assertThat(results.run().whole()).isTrue();
        assertThat(results.faults()).isEmpty();
        assertThat(results.trials()).hasSize(results.planned());
        assertThat(results.trials())
                .extracting(place -> place.trial().outcome())
                .contains(Outcome.THROUGH, Outcome.BLOCKED)
                .doesNotContain(Outcome.ERROR);
        assertThat(results.trials())
                .allMatch(place -> List.of().equals(place.trial().leaks()));
    }

    @Test
    void theReportSaysInItsHeadThatNoPacketLeftTheLab() throws Exception {
        Results results = results("first");
        assertThat(results.run().leaks()).isEmpty();
        assertThat(results.run().watch()).isNotNull().satisfies(watch -> {
            assertThat(watch.checks()).isEqualTo(results.trials().size());
            assertThat(watch.ways()).isGreaterThan(20);
            assertThat(watch.counted()).containsKey("packets taken by the gateway");
        });
        assertThat(Files.readString(folder.resolve("first").resolve(ResultsFolder.RUN)))
                .containsPattern("\"leaks\" *: *\\[ *]");
        assertThat(Files.readString(folder.resolve("first").resolve(ResultsFolder.REPORT)))
                .contains("No packet left the lab</a>", results.run().watch().ways() + " ways out watched");
    }

    @Test
    void aHoleThatIsPlantedWhileATrialRunsIsAnErrorOfTheRunAndTheReportSaysSo() throws Exception {
        Path go = folder.resolve("hole/.work/1/places/academic/go");
        Path tool = Files.writeString(folder.resolve("waiting.yaml"), """
                title: One that waits
                about: It is ready when somebody says so.
                client:
                  - {name: waiting, run: 'echo here; until [ -e %s ]; do sleep 0.1; done', ready: {exit: true}, within: 120s}
                probe: {}
                """.formatted(go));
        Path file = Files.writeString(
                folder.resolve("hole.yaml"), """
                title: With a hole
                tools: [%s]
                regimes: [%s]
                probes: [web]
                target: dailynk.com
                """.formatted(tool, home().resolve("lab-configs/regimes/kwangmyong")));
        Path trial = folder.resolve("hole/trials/kwangmyong/plain/waiting/1");

        GardenExtension.Outcome run = bench(file.toString(), "hole", bench -> {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !bench.isAlive()
                            || (Files.exists(trial.resolve("waiting.log"))
                                    && Files.readString(trial.resolve("waiting.log"))
                                            .contains("here")));
            GardenExtension.Outcome planted = inTheNetworkOf(bench, """
                    ip link add hole type veth peer name hole2 && ip link set hole up && ip link set hole2 up &&
                    perl -e 'socket(S, 17, 3, 0x0300) or die $!; # a frame that no firewall for packets sees, packet(7)
                        send(S, "\\xff" x 6 . "\\2" x 6 . "\\x88\\xb5" . "by the hole", 0, pack("S n l S C C a8", 17, 0x88b5, $ARGV[0], 0, 0, 6, "\\xff" x 6)) or die $!' \
                        "$(ip -o link show hole | cut -d: -f1)"
                    """);
            assertThat(planted.status()).as(planted.output()).isZero();
            asPerson("touch", go.toString());
        });

        assertThat(run.status()).as(run.output()).isEqualTo(ExitStatus.DIFFERENT);
        assertThat(run.output())
                .contains("kwm: LEAK, found after kwangmyong/plain/waiting/1: lab has links: hole hole2 lo");
        Results results = results("hole");
        assertThat(results.run().leaks())
                .anyMatch(leak -> leak.matches("kwangmyong/plain/waiting/1: lab has links: hole .*"))
                .anyMatch(
                        leak -> leak.matches(".*: lab has packets captured on links that are none of the lab's: \\d+"));
        assertThat(new String(Files.readAllBytes(trial.resolve(ResultsFolder.STRAYS)), StandardCharsets.ISO_8859_1))
                .contains("by the hole");
        assertThat(Files.readString(folder.resolve("hole").resolve(ResultsFolder.REPORT)))
                .contains("<b>LEAK.</b>")
                .doesNotContain("No packet left the lab");
        assertThat(folder.resolve("hole").resolve(ResultsFolder.JUNIT))
                .content()
                .contains("<error message=\"leak: ");
    }

    /** Runs a script with every right over the network of the one lab that an experiment has, as only a person outside can. */
    private GardenExtension.Outcome inTheNetworkOf(Process bench, String script)
            throws IOException, InterruptedException {
        String first = bench.descendants()
                .map(ProcessHandle::pid)
                .filter(BenchIT::isFirstOfALab)
                .findFirst()
                .map(String::valueOf)
                .orElseThrow();
        return asPerson(
                "nsenter", "--target", first, "--user", "--net", "--preserve-credentials", "--", "sh", "-c", script);
    }

    private static boolean isFirstOfALab(long process) {
        try {
            String words = Files.readString(Path.of("/proc/" + process + "/cmdline"));
            return words.startsWith("bash\0") && words.contains("\0kwm-lab\0");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void whatIsBlockedSaysWhichLayerByWhichRule() throws Exception {
        assertThat(results("first").trials())
                .extracting(Results.Place::trial)
                .filteredOn(trial -> trial.outcome() == Outcome.BLOCKED)
                .allSatisfy(
                        trial -> assertThat(trial.stoppedBy()).as(trial.id()).isNotNull());
    }

    @Test
    void againWithTheSameSeedAndOneAtATimeVerdictsAndDecisionsAreTheSame() throws Exception {
        GardenExtension.Outcome again = bench("again", "--only", "kwangmyong");
        assertThat(again.output()).contains("the bench's own share");
        Set<String> first = new HashSet<>();
        results("first").trials().stream()
                .map(Results.Place::trial)
                .filter(trial -> trial.regime().equals("kwangmyong"))
                .forEach(trial -> first.add(sum(trial)));
        Set<String> second = new HashSet<>();
        results("again").trials().forEach(place -> second.add(sum(place.trial())));
        assertThat(second).isNotEmpty().isEqualTo(first);
    }

    private static String sum(Trial trial) {
        return trial.id() + " " + trial.outcome().word() + " " + new HashSet<>(trial.decisions());
    }

    @Test
    void whatIsDoneIsNotDoneAgain() throws Exception {
        GardenExtension.Outcome more = bench("first");
        assertThat(more.status()).as(more.output()).isZero();
        assertThat(more.output()).doesNotContain("left)");
    }

    @Test
    void whatRanWithSomethingElseGetsNoMoreTrials() throws Exception {
        asPerson(
                "cp",
                "-r",
                folder.resolve("first").toString(),
                folder.resolve("other").toString());
        Path lock = folder.resolve("other/lock.json");
        Files.writeString(lock, Files.readString(lock).replaceFirst("(\"kernel\" : \").*?\"", "$1another\""));

        GardenExtension.Outcome more = bench("other");

        assertThat(more.status()).as(more.output()).isEqualTo(2);
        assertThat(more.output())
                .contains("holds trials that ran with something else: kernel; name another folder by --into");
    }

    @Test
    void whatAToolDidToItsTerminalIsUndoneBeforeTheNextTrial() throws Exception {
        Files.writeString(folder.resolve("spoil.yaml"), """
                title: A program that changes what its terminal asks for names
                client:
                  - name: spoil
                    run: echo nameserver 192.0.2.1 >/etc/resolv.conf; echo 192.0.2.66 dailynk.com >>/etc/hosts
                    ready: {exit: true}
                probe: {}
                """);
        Path file = Files.writeString(folder.resolve("spoiling.yaml"), """
                title: After one who spoils things
                repetitions: 2
                tools: [./spoil.yaml, %1$s/tools/direct.yaml]
                regimes: [%1$s/regimes/kwangmyong-satellite]
                """.formatted(home().resolve("lab-configs")));

        assertThat(benchOf(file.toString(), "spoiled").output()).contains("4 trials");

        assertThat(results("spoiled").trials())
                .extracting(Results.Place::trial)
                .filteredOn(trial -> trial.tool().equals("direct"))
                .hasSize(2)
                .allSatisfy(trial -> assertThat(trial.outcome()).as(trial.why()).isEqualTo(Outcome.THROUGH));
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        assertThat(folder.resolve("first/.work")).doesNotExist();
        assertThat(asPerson("pgrep", "--full", folder.resolve("first").toString())
                        .status())
                .isEqualTo(1);
    }
}
