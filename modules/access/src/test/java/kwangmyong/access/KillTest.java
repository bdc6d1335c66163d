package kwangmyong.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.password4j.Password;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.store.DatabaseStore;
import kwangmyong.access.store.StoreConfig;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.testkit.RecordingJournal;
import org.flywaydb.core.Flyway;
import org.h2.Driver;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A process that is killed without warning loses nothing that it acknowledged. */
final class KillTest {
    private static final int ACKNOWLEDGED = 25;

    @TempDir
    private Path state;

    @Test
    void grantsThatWereAcknowledgedSurviveAKill() throws IOException, InterruptedException {
        Process lab = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        Granter.class.getName(),
                        state.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (var lines = new BufferedReader(new InputStreamReader(lab.getInputStream(), StandardCharsets.UTF_8))) {
            while (acknowledged.size() < ACKNOWLEDGED) {
                acknowledged.add(Objects.requireNonNull(lines.readLine()));
            }
            lab.destroyForcibly().waitFor();
        }

        AccessController again = Granter.controller(state);
        again.start();
        try {
            assertThat(again.operations().grants()).extracting(GrantView::id).containsAll(acknowledged);
        } finally {
            again.stop();
        }
    }

    /** Where the classes of the other process come from, whatever runs this test. */
    private static String classPath() {
        return Stream.of(
                        KillTest.class,
                        AccessController.class,
                        Policy.class,
                        RecordingJournal.class,
                        Password.class,
                        JsonMapper.class,
                        JacksonException.class,
                        JsonProperty.class,
                        LoggerFactory.class,
                        Driver.class,
                        Flyway.class,
                        NullMarked.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Gives grants without end and says each one's id once it is acknowledged. */
    static final class Granter {
        private Granter() {}

        static AccessController controller(Path state) {
            return new AccessController(
                    DefaultLab.policy(),
                    AccessConfig.of(List.of(), List.of()),
                    Instant::now,
                    new RecordingJournal(),
                    DatabaseStore.open(StoreConfig.embedded(state)));
        }

        public static void main(String[] arguments) {
            AccessController controller = controller(Path.of(arguments[0]));
            controller.start();
            while (true) {
                GrantView grant = controller
                        .operations()
                        .grant(new GrantRequest("delegate", "world", Duration.ofDays(1), "", "operator"))
                        .toCompletableFuture()
                        .join();
                System.out.println(grant.id());
            }
        }
    }
}
