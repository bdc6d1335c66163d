package kwangmyong.gateway;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kwangmyong.testkit.Chromium;
import kwangmyong.testkit.ProcessTree;

/**
 * A browser without proxy settings, as a program for a namespace: CaughtVisitor PROFILE URL PICTURE KEYS. Says what the page holds as HTML, the
 * browser's own error pages included, and keeps a picture of it. KEYS are of the authorities that the browser believes, as Chromium writes them.
 */
final class CaughtVisitor {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private CaughtVisitor() {}

    public static void main(String[] arguments) throws Exception {
        Path profile = Path.of(arguments[0]);
        Path said = Files.createFile(Path.of(arguments[0] + ".err"));
        Process browser = new ProcessBuilder(List.of(
                        "/usr/bin/chromium",
                        "--headless",
                        "--disable-gpu",
                        "--no-sandbox",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-proxy-server",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--ignore-certificate-errors-spki-list=" + arguments[3],
                        // The namespace has no resolver: every name leads to the one site there is.
                        "--host-resolver-rules=MAP * " + Namespaces.SITE + ", EXCLUDE 127.0.0.1",
                        "--window-size=1000,800",
                        "about:blank"))
                .redirectError(said.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(PATIENCE).until(() -> Chromium.isListening(Files.readString(said, StandardCharsets.UTF_8)));
            Chromium page = Chromium.attach(Files.readString(said));
            page.open(arguments[1]);
            System.out.println(page.evaluate("document.documentElement.outerHTML"));
            page.picture(Path.of(arguments[2]));
        } finally {
            ProcessTree.end(browser);
        }
        System.exit(0);
    }
}
