package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kwangmyong.lab.GardenExtension.Outcome;
import kwangmyong.testkit.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab whose state is in PostgreSQL, which is stopped and started underneath, and the lab killed. */
final class StoreIT {
    private final int offset = GardenExtension.freeOffset();

    @TempDir
    private Path folder;

    private PostgresServer server;

    @BeforeEach
    void serve() throws Exception {
        server = PostgresServer.start();
        Path home = Path.of(System.getProperty("kwm.home", "../.."))
                .toAbsolutePath()
                .normalize();
        Files.createDirectories(folder.resolve("lab"));
        Files.writeString(folder.resolve("lab/password"), PostgresServer.PASSWORD + "\n");
        Files.writeString(
                folder.resolve("lab/lab.yaml"),
                "extends: " + home.resolve("lab-configs/kwangmyong") + "\nlab: {name: stored}\n" + "store: {url: \""
                        + server.url() + "\", user: " + PostgresServer.USER
                        + ", password_file: password, wait: 500ms}\n");
    }

    @AfterEach
    void stop() throws Exception {
        kwm("down", lab());
        server.close();
    }

    private String lab() {
        return folder.resolve("lab").toString();
    }

    private Outcome kwm(String... arguments) throws IOException, InterruptedException {
        return GardenExtension.run(folder.resolve("state"), GardenExtension.command(arguments));
    }

    private Outcome done(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = kwm(arguments);
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return outcome;
    }

    private Outcome grant(String reason) throws IOException, InterruptedException {
        return kwm("grant", "--lab", lab(), "delegate", "world", "--for", "2h", "--reason", reason);
    }

    private String dig(String name) throws IOException, InterruptedException {
        return GardenExtension.run(
                        folder.resolve("state"),
                        List.of(
                                "dig",
                                "+tries=2",
                                "+time=2",
                                "-b",
                                "127.76.20.11",
                                "@127.76.0.1",
                                "-p",
                                Integer.toString(10_053 + offset),
                                name))
                .output();
    }

    private void up() throws IOException, InterruptedException {
        done("up", lab(), "--detach", "--offset", Integer.toString(offset));
    }

    @Test
    void goesOnWhileTheServerIsAwayAndLosesNothingThatItAcknowledged() throws Exception {
        up();
        assertThat(grant("before").status()).isZero();
        done("login", "--lab", lab(), "resident", "10.76.10.11");

        server.down();
        Outcome refused = grant("meanwhile");
        assertThat(refused.status()).as(refused.output()).isNotZero();
        assertThat(refused.output()).contains("the store is away").contains("nothing was changed");
        assertThat(dig("kcna.kp")).contains("status: NOERROR");
        assertThat(dig("dailynk.com")).contains("status: NXDOMAIN");
        assertThat(done("grants", "--lab", lab()).output()).contains("before").doesNotContain("meanwhile");

        server.up();
        await().atMost(Duration.ofSeconds(30)).until(() -> grant("afterwards").status() == 0);
        kill();
        up();

        assertThat(done("grants", "--lab", lab()).output())
                .contains("before")
                .contains("afterwards")
                .doesNotContain("meanwhile");
        assertThat(done("sessions", "--lab", lab()).output()).contains("10.76.10.11");
        done("verify", "--lab", lab());
        assertThat(folder.resolve("state/store/lab.mv.db")).doesNotExist();
    }

    @Test
    void doesNotStartWithoutItsServerAndSaysWhy() throws Exception {
        server.down();

        Outcome up = kwm("up", lab(), "--detach", "--offset", Integer.toString(offset));

        assertThat(up.status()).isEqualTo(2);
        assertThat(up.output())
                .contains("the store cannot be opened")
                .contains("127.0.0.1")
                .doesNotContain("secret");
    }

    private void kill() throws Exception {
        String pid = Files.readAllLines(folder.resolve("state/run/lab.properties")).stream()
                .filter(line -> line.startsWith("pid="))
                .findFirst()
                .orElseThrow()
                .substring(4);
        ProcessHandle lab = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        lab.destroyForcibly();
        lab.onExit().get(20, TimeUnit.SECONDS);
    }
}
