package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The default lab as containers, where there is an engine that has the image ({@code scripts/docker-image}, {@code docker load}). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerIT {
    private static final String PROJECT = "kwm-it-" + ProcessHandle.current().pid();

    private Path state = Path.of(".");
    private boolean started;

    private Outcome run(String... command) throws Exception {
        return GardenExtension.run(state, List.of(command));
    }

    private Outcome compose(String... arguments) throws Exception {
        Path file = Path.of(System.getProperty("kwm.home", "../.."), "lab-configs/docker/compose.yaml");
        List<String> words = new ArrayList<>(List.of("docker-compose", "-p", PROJECT, "-f", file.toString()));
        words.addAll(Arrays.asList(arguments));
        return GardenExtension.run(state, words);
    }

    private Outcome atTerminals(String script) throws Exception {
        return compose("exec", "-T", "terminals", "sh", "-c", script);
    }

    @BeforeAll
    void start() throws Exception {
        state = Files.createTempDirectory("kwm-docker");
        boolean able = Stream.of("docker", "docker-compose")
                .allMatch(program -> Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))));
        assumeTrue(
                able && run("docker", "image", "inspect", "kwm:latest").status() == 0, "no engine that has the image");
        started = true;
        Outcome up = compose("up", "-d");
        assertThat(up.status()).as(up.output()).isZero();
    }

    @AfterAll
    void stop() throws Exception {
        if (started) {
            assertThat(compose("down", "-v").status()).isZero();
            assertThat(run("docker", "ps", "-aq", "--filter", "label=com.docker.compose.project=" + PROJECT)
                            .output())
                    .isEmpty();
        }
        Files.delete(state);
    }

    @Test
    void theTourPassesFromTheTerminals() throws Exception {
        Outcome tour = compose("run", "--rm", "tour");
        assertThat(tour.status()).as(tour.output()).isZero();
    }

    @Test
    void nothingOfTheMachineOrTheEngineIsReached() throws Exception {
        assertThat(atTerminals("""
                        grep CapEff /proc/self/status
                        gateway=$(ip -4 -o address show eth0 | sed 's/.*inet \\([0-9]*[.][0-9]*[.][0-9]*\\).*/\\1.1/')
                        curl -s -m 5 --interface eth0 http://$gateway/ && echo the bridge was reached
                        curl -s -m 5 --interface eth0 http://192.0.2.10/ && echo the world was reached past the lab
                        dig +time=2 +tries=1 @127.0.0.11 lab >/dev/null && echo the name server of the engine was reached
                        true
                        """).output()).isEqualTo("CapEff:\t0000000000000000\n");
    }
}
