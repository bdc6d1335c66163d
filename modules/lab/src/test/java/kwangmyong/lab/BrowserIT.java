package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kwangmyong.lab.GardenExtension.Outcome;
import kwangmyong.testkit.Chromium;
import kwangmyong.testkit.ProcessTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The resident at the café, in a real browser that {@code kwm browse} opened; pictures are kept under target/pictures. */
final class BrowserIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final GardenExtension garden = new GardenExtension();

    @Test
    void reachesThePagesOfTheCafeFromLogInToLogOut(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium on this machine");
        Path pictures = Files.createDirectories(Path.of("target", "pictures"));
        Path said = Files.createFile(folder.resolve("chromium.err"));
        Process browsing = browse(said);
        try {
            await().atMost(PATIENCE).until(() -> Chromium.isListening(Files.readString(said)));
            Chromium page = Chromium.attach(Files.readString(said));
            assertThat(lookUp().output()).contains("NXDOMAIN");

            page.open("http://portal.kp/?lang=en&next=http://naenara.com.kp/");
            assertThat(page.text()).contains("Nobody is logged in here");
            page.press("main .button");
            page.fill("#name", "resident");
            page.fill("#password", "resident-demo");
            page.press("main button");
            assertThat(page.text()).contains("Logged in as resident");
            page.picture(pictures.resolve("cafe-logged-in.png"));
            assertThat(lookUp().output()).contains("NOERROR");
            page.open("http://naenara.com.kp/");
            assertThat(page.text()).contains("내나라");
            page.picture(pictures.resolve("cafe-naenara.png"));

            try (Socket tunnel = tunnelAtTheCafe()) {
                page.open("http://portal.kp/?lang=en");
                page.press("main button");
                assertThat(lookUp().output()).contains("NXDOMAIN");
                tunnel.setSoTimeout((int) PATIENCE.toMillis());
                assertThat(tunnel.getInputStream().read())
                        .as("an open tunnel is cut")
                        .isEqualTo(-1);
            }
            page.open("http://naenara.com.kp/");
            page.picture(pictures.resolve("cafe-logged-out.png"));
            assertThat(page.text()).contains("Log in to use this network");
            page.close();
            assertThat(browsing.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            ProcessTree.end(browsing);
        }
    }

    private static Process browse(Path said) throws IOException {
        List<String> command = new ArrayList<>(GardenExtension.command(
                "browse",
                "resident",
                "--url",
                "about:blank",
                "--",
                "--headless",
                "--disable-gpu",
                "--remote-debugging-port=0",
                "--window-size=1000,1200"));
        var builder = new ProcessBuilder(command)
                .redirectError(said.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("KWM_STATE", garden.state().toString());
        return builder.start();
    }

    private static Outcome lookUp() throws IOException, InterruptedException {
        return garden.run(
                "dig",
                "-b",
                "127.76.10.11",
                "@127.76.0.1",
                "-p",
                garden.port(53),
                "+tries=1",
                "+time=5",
                "naenara.com.kp");
    }

    /** A tunnel that the resident has open, as a browser has for a page over TLS. */
    private static Socket tunnelAtTheCafe() throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.76.10.11"), 0));
        socket.connect(new InetSocketAddress(InetAddress.getByName("127.76.0.1"), Integer.parseInt(garden.port(3128))));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream()
                .write("CONNECT naenara.com.kp:443 HTTP/1.1\r\nHost: naenara.com.kp:443\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new IOException("no tunnel: " + head);
            }
            head.append((char) octet);
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 200");
        return socket;
    }
}
