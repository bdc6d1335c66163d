package kwangmyong.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.testkit.SettableClock;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Routes;
import kwangmyong.web.server.WebServer.Binding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that has said everything and ended its direction ({@code nc -N}) is sent what it asked for, however long; then nobody waits for more. */
final class HalfClosedClientTest {
    /** More than the buffers of two sockets take. */
    private static final int LONG = 32 * 1024 * 1024;

    /** Whoever closes a connection in these tests, it is not a time-out. */
    private static final Duration NEVER = Duration.ofMinutes(10);

    private static final int PATIENCE_MILLIS = 10_000;

    private final WebRuntime runtime =
            new WebRuntime(new SettableClock(), new WebLimits(1_024, 4_096, 10_000, 100, NEVER, NEVER));
    private WebServer server;
    private InetSocketAddress address;

    @BeforeEach
    void open() throws Exception {
        Routes pages = new Routes()
                .get("/", request -> Reply.plain("x".repeat(LONG)))
                .get("/short", request -> Reply.plain("short"))
                .postLater("/echo", request -> Reply.plain("all of it").now())
                .getLater("/later", request -> runtime.onWorker(() -> Reply.plain("x".repeat(LONG))))
                .get("/streamed", request -> Reply.streamed("text/plain", new Reply.Stream(LONG, byte[]::new)));
        server = WebServer.open(
                "The test",
                runtime,
                AddressPlan.loopback(0, List.of()),
                List.of(new Binding(
                        new InetSocketAddress(Addresses.parse("10.0.0.1"), 0),
                        false,
                        new Hosts(Map.of("news.kp", pages), null))),
                HostKeys.NONE);
        address = server.listeners().get(0).socket();
    }

    @AfterEach
    void close() {
        server.close();
        runtime.close();
    }

    @Test
    void thousandsAtOnceAreAnsweredInTheirOrder() throws Exception {
        int many = 4_000;
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String once = "GET /short HTTP/1.1\r\nHost: news.kp\r\n\r\n";
            socket.getOutputStream().write(once.repeat(many).getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(all.split("HTTP/1.1 200 OK", -1)).hasSize(many + 1);
        }
    }

    @Test
    void isNotWaitedForWhenItHasItsAnswer() throws IOException {
        try (Socket client = asking("GET /short HTTP/1.1\r\nHost: news.kp\r\n\r\n")) {
            assertThat(RawClient.readAll(client.getInputStream())).endsWith("\r\n\r\nshort");
        }
    }

    @Test
    void isNotWaitedForWhenItAsksNothing() throws IOException {
        try (Socket client = asking("")) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void isNotWaitedForInTheMiddleOfAQuestion() throws IOException {
        try (Socket client = asking("POST /echo HTTP/1.1\r\nHost: news.kp\r\nContent-Length: 10\r\n\r\nhalf")) {
            assertThat(RawClient.readAll(client.getInputStream())).isEmpty();
        }
    }

    @Test
    void getsTheAnswersToAllThatItAskedAtOnce() throws IOException {
        try (Socket client = asking("GET /short HTTP/1.1\r\nHost: news.kp\r\n\r\n".repeat(20))) {
            assertThat(RawClient.readAll(client.getInputStream()).split("HTTP/1.1 200", -1))
                    .hasSize(21);
        }
    }

    private Socket asking(String question) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(4_096); // so that most of the answer waits at the server when the end is seen
        client.connect(address, PATIENCE_MILLIS);
        client.setSoTimeout(PATIENCE_MILLIS);
        client.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/later", "/streamed"})
    void takesALongPage(String path) throws IOException {
        try (Socket client = asking("GET " + path + " HTTP/1.0\r\nHost: news.kp\r\n\r\n")) {
            assertThat(client.getInputStream().readAllBytes().length).isGreaterThan(LONG);
        }
    }
}
