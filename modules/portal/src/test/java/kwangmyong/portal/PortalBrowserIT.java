package kwangmyong.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.testkit.Chromium;
import kwangmyong.testkit.ProcessTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The portal in a real browser; pictures are kept under target/pictures. */
final class PortalBrowserIT {
    static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @Test
    void logsInAndOutWithoutScriptsOfItsOwn(@TempDir Path folder)
            throws StartException, IOException, InterruptedException {
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium on this machine");
        Path pictures = Files.createDirectories(Path.of("target", "pictures"));
        Path said = folder.resolve("chromium.err");
        Process browser = start(folder, said);
        try (TestPortal portal = TestPortal.open()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> Chromium.isListening(Files.readString(said)));
            Chromium page = Chromium.attach(Files.readString(said));
            String home = "http://127.76.0.1:" + portal.http().getPort();
            page.open(home + "/?lang=en&next=http://naenara.com.kp/");
            assertThat(page.text()).contains("Nobody is logged in here");
            page.press("main .button");
            assertThat(page.text()).contains("then on to naenara.com.kp");
            page.fill("#name", "resident");
            page.fill("#password", "wrong");
            page.press("main button");
            assertThat(page.text()).contains("No such name and password.");
            page.fill("#password", "resident-demo");
            page.press("main button");
            assertThat(page.text()).contains("Logged in as resident", "You were going to naenara.com.kp");
            page.picture(pictures.resolve("portal-logged-in.png"));
            page.press("a[hreflang=ko]");
            assertThat(page.text()).contains("접속끊기");
            page.picture(pictures.resolve("portal-korean.png"));
            page.press("main button");
            assertThat(page.text()).contains("접속을 끊었습니다", "계산서", "0분");
            page.press("main a.button");
            assertThat(page.text()).contains("접속한 사람이 없습니다");
            page.close();
            assertThat(browser.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            ProcessTree.end(browser);
        }
    }

    static Process start(Path folder, Path said) throws IOException {
        Files.createFile(said);
        return new ProcessBuilder(List.of(
                        CHROMIUM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--remote-debugging-port=0",
                        "--window-size=1000,1200",
                        "about:blank"))
                .redirectError(said.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
