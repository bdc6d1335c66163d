package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.ResultsFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The short experiment in a container, where there is an engine that has the image ({@code scripts/docker-image --bench}). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerBenchIT {
    private Path folder = Path.of(".");

    @BeforeAll
    void prepare() throws Exception {
        DockerProject.needImage("kwm-bench:latest");
        folder = Files.createTempDirectory("kwm-docker-bench");
    }

    @AfterAll
    void clean() throws IOException {
        if (!folder.equals(Path.of("."))) {
            try (Stream<Path> left = Files.walk(folder)) {
                left.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }

    private static DockerProject.Outcome kwm(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of(DockerProject.home().resolve("scripts/kwm").toString()));
        words.addAll(Arrays.asList(arguments));
        return DockerProject.run(words);
    }

    @Test
    void theShortExperimentRunsToItsEndWithTheSameKindOfResults() throws Exception {
        String experiment =
                DockerProject.home().resolve("lab-configs/benches/short.yaml").toString();
        DockerProject.Outcome said = kwm("bench", "run", experiment, "--docker", "--into", folder.toString());
        assertThat(said.status()).as(said.output()).isZero();
        Results results = ResultsFolder.read(folder);
        assertThat(results.run().whole()).isTrue();
        assertThat(results.faults()).isEmpty();
        assertThat(results.trials())
                .hasSize(results.planned())
                .allMatch(place -> List.of().equals(place.trial().leaks()));
        assertThat(results.trials())
                .extracting(place -> place.trial().outcome())
                .contains(Outcome.THROUGH, Outcome.BLOCKED)
                .doesNotContain(Outcome.ERROR);
        assertThat(Files.readString(folder.resolve("lock.json"))).contains("\"image\"", "kwm-bench:latest sha256:");
        assertThat(folder.resolve("report.html")).isNotEmptyFile();
        assertThat(Files.getOwner(folder.resolve("run.json"))).isEqualTo(Files.getOwner(folder));
    }

    @Test
    void anExperimentThatIsNotThereIsAUsageError() throws Exception {
        DockerProject.Outcome said =
                kwm("bench", "run", folder.resolve("none.yaml").toString(), "--docker");
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.output()).contains("there is no file");
    }
}
