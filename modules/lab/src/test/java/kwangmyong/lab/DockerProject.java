package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One lab as containers: the files of {@code lab-configs/docker} under a name of its own. */
final class DockerProject {
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final String name;
    private final List<String> files;
    private boolean started;

    /** @param files names in {@code lab-configs/docker} */
    DockerProject(String name, List<String> files) {
        this.name = "kwm-it-" + name + "-" + ProcessHandle.current().pid();
        this.files = List.copyOf(files);
    }

    /** What a program printed on either stream and exited with. */
    record Outcome(int status, String output) {}

    /** Skips the test where there is no engine, or one without the image. */
    static void needImage(String image) throws IOException, InterruptedException {
        boolean able = Stream.of("docker", "docker-compose")
                .allMatch(program -> Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))));
        assumeTrue(
                able && run(List.of("docker", "image", "inspect", image)).status() == 0,
                "no engine that has the image " + image);
    }

    static Path home() {
        return Path.of(System.getProperty("kwm.home", "../..")).toAbsolutePath().normalize();
    }

    static Outcome run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("kwm-docker", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS);
            process.destroy();
            return new Outcome(ended ? process.exitValue() : -1, Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    String name() {
        return name;
    }

    Outcome compose(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("docker-compose", "-p", name));
        files.forEach(file -> words.addAll(
                List.of("-f", home().resolve("lab-configs/docker").resolve(file).toString())));
        words.addAll(Arrays.asList(arguments));
        return run(words);
    }

    void up() throws IOException, InterruptedException {
        started = true;
        Outcome up = compose("up", "-d");
        assertThat(up.status()).as(up.output()).isZero();
    }

    /** Ends it; nothing when it was never begun. */
    void down() throws IOException, InterruptedException {
        if (started) {
            Outcome down = compose("down", "-v");
            assertThat(down.status()).as(down.output()).isZero();
        }
    }

    /** What a script prints in one of the containers. */
    Outcome in(String service, String script) throws IOException, InterruptedException {
        return compose("exec", "-T", service, "sh", "-c", script);
    }

    /** The same, of one that ends well. */
    String succeeds(String service, String script) throws IOException, InterruptedException {
        Outcome outcome = in(service, script);
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return outcome.output();
    }

    /** Waits until the engine says so of every container that has a check. */
    void awaitHealthy() {
        awaitHealthy("nobody's name");
    }

    /**
     * The same, where one container's work is to end.
     *
     * @param brief a part of its name
     */
    void awaitHealthy(String brief) {
        await().atMost(WITHIN).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            List<String> words = new ArrayList<>(List.of("docker", "ps", "--all", "--filter"));
            words.addAll(List.of("label=com.docker.compose.project=" + name, "--format", "{{.Names}} {{.Status}}"));
            assertThat(run(words).output().lines().filter(line -> !line.contains(brief)))
                    .isNotEmpty()
                    .allMatch(
                            line -> line.contains("Up ") && !line.contains("starting") && !line.contains("unhealthy"));
        });
    }
}
