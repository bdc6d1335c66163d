package kwangmyong.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kwangmyong.testkit.Chromium;
import kwangmyong.testkit.ProcessTree;

/**
 * Chromium at a terminal of the isolated mode, from whose network nothing leads to the test: the test speaks to it
 * through programs that are entered beside it.
 */
final class TerminalBrowser implements AutoCloseable {
    /** In the terminal's own network, where every port is free. */
    private static final String PORT = "9222";

    private final IsolatedGarden lab;
    private final String subject;
    private final Process browser;
    private final ServerSocket relay;
    private final List<Process> entered = new CopyOnWriteArrayList<>();
    private final Chromium page;

    private TerminalBrowser(IsolatedGarden lab, String subject, Path folder) throws Exception {
        this.lab = lab;
        this.subject = subject;
        Path said = Files.createFile(folder.resolve("chromium.err"));
        browser = lab.start(
                said,
                "enter",
                subject,
                "--",
                "bash",
                "-c",
                "export HOME=$(mktemp -d); exec chromium --headless --disable-gpu --no-sandbox --no-first-run --disable-sync"
                        + " --disable-background-networking --disable-component-update --disable-dev-shm-usage"
                        // Without a profile of its own it is incognito, where it refuses pages that have no TLS.
                        + " --user-data-dir=\"$HOME/profile\" --remote-debugging-port=" + PORT + " about:blank");
        relay = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "relay");
        accepting.setDaemon(true);
        accepting.start();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> Chromium.isListening(Files.readString(said, StandardCharsets.UTF_8)));
        page = Chromium.attach("DevTools listening on ws://127.0.0.1:" + relay.getLocalPort() + "/");
    }

    /** @param folder for what it says */
    static TerminalBrowser at(IsolatedGarden lab, String subject, Path folder) throws Exception {
        return new TerminalBrowser(lab, subject, folder);
    }

    Chromium page() {
        return page;
    }

    private void accept() {
        while (!relay.isClosed()) {
            try {
                Socket socket = relay.accept();
                Process beside = lab.start(
                        "enter",
                        subject,
                        "--",
                        "bash",
                        "-c",
                        "exec 3<>/dev/tcp/127.0.0.1/" + PORT + "; cat <&3 & exec cat >&3");
                entered.add(beside);
                pump(socket.getInputStream(), beside.getOutputStream());
                pump(beside.getInputStream(), socket.getOutputStream());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pump(InputStream from, OutputStream to) {
        Thread pumping = new Thread(
                () -> {
                    byte[] some = new byte[65_536];
                    try (from;
                            to) {
                        int read;
                        while ((read = from.read(some)) >= 0) {
                            to.write(some, 0, read);
                            to.flush();
                        }
                    } catch (IOException ended) {
                        // one end is gone, and the other with it
                    }
                },
                "pump");
        pumping.setDaemon(true);
        pumping.start();
    }

    @Override
    public void close() throws IOException {
        page.close();
        relay.close();
        entered.forEach(ProcessTree::end);
        ProcessTree.end(browser);
    }
}
