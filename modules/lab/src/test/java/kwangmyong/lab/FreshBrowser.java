package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.lab.GardenExtension.Outcome;
import kwangmyong.testkit.Chromium;
import kwangmyong.testkit.ProcessTree;

/** A headless Chromium with a home of its own, whose person trusts whom the test says. */
final class FreshBrowser {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private FreshBrowser() {}

    /** What a test does with its page. */
    interface Visit {
        void of(Chromium page) throws Exception;
    }

    /** Whether this machine has one. */
    static boolean isAvailable() {
        return Files.isExecutable(Path.of("/usr/bin/chromium")) && Files.isExecutable(Path.of("/usr/bin/certutil"));
    }

    /**
     * Starts it, and ends it after the visit.
     *
     * @param folder where its home is made
     * @param authorities files of certificates that it believes
     * @param arguments further ones of its command
     */
    static void visit(Path folder, List<Path> authorities, List<String> arguments, Visit visit) throws Exception {
        Path home = Files.createTempDirectory(folder, "home");
        String store = "sql:" + Files.createDirectories(home.resolve(".pki/nssdb"));
        must(home, "certutil", "-d", store, "-N", "--empty-password");
        for (Path each : authorities) {
            String name = String.valueOf(each.getFileName());
            must(home, "certutil", "-d", store, "-A", "-t", "C,,", "-n", name, "-i", each.toString());
        }
        Path said = Files.createFile(home.resolve("chromium.err"));
        List<String> command = new ArrayList<>(List.of(
                "env",
                "HOME=" + home,
                "chromium",
                "--headless",
                "--disable-gpu",
                "--no-sandbox",
                "--remote-debugging-port=0",
                "--user-data-dir=" + home.resolve("profile"),
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"));
        command.addAll(arguments);
        command.add("about:blank");
        Process browser = new ProcessBuilder(command)
                .redirectError(said.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(PATIENCE).until(() -> Chromium.isListening(Files.readString(said, StandardCharsets.UTF_8)));
            visit.of(Chromium.attach(Files.readString(said)));
        } finally {
            ProcessTree.end(browser);
        }
    }

    private static void must(Path home, String... command) throws IOException, InterruptedException {
        Outcome outcome = GardenExtension.run(home, List.of(command));
        assertThat(outcome.status()).as(outcome.output()).isZero();
    }
}
