package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The short experiment, run by a plain user (where this is root, by {@code nobody} if that may read the checkout): real tools, and what theory is sure of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BenchIT {
    private static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
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
        if ("root".equals(System.getProperty("user.name"))) {
            person = NOBODY;
            String kwm = home().resolve("scripts/kwm").toString();
            if (asPerson("test", "-x", kwm).status() == 0) {
                Files.setOwner(
                        folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            } else {
                person = List.of();
            }
        }
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
            boolean ended = process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS);
            process.destroy();
            return new GardenExtension.Outcome(ended ? process.exitValue() : -1, Files.readString(output));
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
