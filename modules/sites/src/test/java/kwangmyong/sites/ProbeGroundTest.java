package kwangmyong.sites;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.testkit.SettableClock;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.http.Site;
import kwangmyong.web.server.HostKeys;
import kwangmyong.web.server.Hosts;
import kwangmyong.web.server.WebRuntime;
import kwangmyong.web.server.WebServer;
import kwangmyong.web.server.WebServer.Binding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one place where a site's path leads to a file while the lab runs. */
final class ProbeGroundTest {
    @TempDir
    Path folder;

    private final WebRuntime runtime = new WebRuntime(new SettableClock());
    private WebServer server;

    @BeforeEach
    void open() throws Exception {
        Path tokens = Files.createDirectories(folder.resolve("tokens"));
        Files.writeString(tokens.resolve("abc"), "known to the world");
        Files.writeString(folder.resolve("secret"), "a secret");
        Files.createSymbolicLink(tokens.resolve("link"), folder.resolve("secret"));
        ProbeGround ground = new ProbeGround(tokens, runtime, 7);
        Site site = request -> answer(ground, request);
        server = WebServer.open(
                "The test",
                runtime,
                AddressPlan.loopback(0, List.of()),
                List.of(new Binding(
                        new InetSocketAddress(Addresses.parse("10.0.0.1"), 0), false, new Hosts(Map.of(), site))),
                HostKeys.NONE);
    }

    private static CompletionStage<Reply> answer(ProbeGround ground, Request request) {
        CompletionStage<Reply> answered = ground.answer(request);
        if (answered == null) {
            throw new Refusal(404, "");
        }
        return answered;
    }

    @AfterEach
    void close() {
        server.close();
        runtime.close();
    }

    @Test
    void noPathLeadsOutOfTheFolderOfTokens() throws Exception {
        assertThat(get("/.well-known/kwm-bench/token/abc"))
                .startsWith("HTTP/1.1 200")
                .endsWith("known to the world");
        for (String way : List.of(
                "../secret",
                "%2e%2e/secret",
                "..%2fsecret",
                "%2e%2e%2fsecret",
                "..%5csecret",
                "abc/../../secret",
                "./../secret",
                "%252e%252e%252fsecret",
                "..;/secret",
                "%c0%ae%c0%ae/secret",
                "link",
                "",
                ".",
                "..",
                "abc%00",
                "/" + folder.resolve("secret"),
                "%2f" + folder.resolve("secret"))) {
            assertThat(get("/.well-known/kwm-bench/token/" + way))
                    .as(way)
                    .startsWith("HTTP/1.1 4")
                    .doesNotContain("a secret");
        }
    }

    private String get(String path) throws Exception {
        InetSocketAddress at = server.listeners().get(0).socket();
        try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
