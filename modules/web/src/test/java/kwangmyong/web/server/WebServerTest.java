package kwangmyong.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.testkit.SettableClock;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Routes;
import kwangmyong.web.server.WebServer.Binding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebServerTest {
    private static final WebLimits LIMITS =
            new WebLimits(1_024, 4_096, 10_000, 100, Duration.ofMillis(600), Duration.ofSeconds(2));
    private static WebRuntime runtime;

    private WebServer server;
    private InetSocketAddress address;

    @BeforeAll
    static void startRuntime() {
        runtime = new WebRuntime(new SettableClock(), LIMITS);
    }

    @AfterAll
    static void stopRuntime() {
        runtime.close();
    }

    @BeforeEach
    void open() throws StartException {
        Routes news = new Routes()
                .get("/", request -> Reply.plain("news"))
                .get("/hang", request -> Reply.hang())
                .get("/reset", request -> Reply.reset())
                .get("/bug", request -> {
                    throw new IllegalStateException("secret detail");
                })
                .getLater("/later", request -> CompletableFuture.supplyAsync(() -> Reply.plain("later")))
                .getLater("/worker", request -> runtime.onWorker(() -> Reply.plain("worked")))
                .postLater(
                        "/echo",
                        request -> Reply.plain(request.form().firstOr("text", "none"))
                                .now());
        Routes library = new Routes().get("/", request -> Reply.plain("library"));
        Hosts hosts = new Hosts(Map.of("news.kp", news, "lib.kp", library, "10.0.0.9", library), null);
        server = WebServer.open(
                "The test",
                runtime,
                AddressPlan.loopback(0, List.of()),
                List.of(new Binding(new InetSocketAddress(Addresses.parse("10.0.0.1"), 0), false, hosts)),
                HostKeys.NONE);
        address = server.listeners().get(0).socket();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void sendsEachHostToItsSite() throws IOException {
        assertThat(get("news.kp", "/")).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nnews");
        assertThat(get("LIB.kp.:10080", "/")).endsWith("\r\n\r\nlibrary");
        assertThat(get("127.0.0.9", "/")).endsWith("\r\n\r\nlibrary");
        assertThat(get("elsewhere.kp", "/")).startsWith("HTTP/1.1 421");
    }

    @Test
    void readsAnAbsoluteTargetBeforeTheHostField() throws IOException {
        assertThat(ask("GET http://lib.kp/ HTTP/1.1\r\nHost: news.kp\r\nConnection: close\r\n\r\n"))
                .endsWith("library");
    }

    @Test
    void wantsExactlyOneGoodHost() throws IOException {
        assertThat(ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(ask("GET / HTTP/1.1\r\nHost: news.kp\r\nHost: lib.kp\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(get("news.kp/../x", "/")).startsWith("HTTP/1.1 400");
        assertThat(get("news.kp:99999", "/")).startsWith("HTTP/1.1 400");
        assertThat(get("[::zz]", "/")).startsWith("HTTP/1.1 400");
    }

    @Test
    void answersHeadWithoutABodyAndOptionsWithWhatIsAllowed() throws IOException {
        assertThat(ask("HEAD / HTTP/1.1\r\nHost: news.kp\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-length: 4")
                .endsWith("\r\n\r\n");
        assertThat(ask("OPTIONS /echo HTTP/1.1\r\nHost: news.kp\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 204")
                .containsIgnoringCase("allow: OPTIONS, POST");
        assertThat(ask("DELETE / HTTP/1.1\r\nHost: news.kp\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("allow: GET, HEAD, OPTIONS");
    }

    @Test
    void putsSecurityFieldsOnEveryReply() throws IOException {
        for (String path : List.of("/", "/missing", "/bug", "/%zz")) {
            assertThat(get("news.kp", path))
                    .containsIgnoringCase("content-security-policy: default-src 'none'")
                    .containsIgnoringCase("x-content-type-options: nosniff")
                    .containsIgnoringCase("referrer-policy: same-origin");
        }
    }

    @Test
    void hidesWhatWentWrong() throws IOException {
        assertThat(get("news.kp", "/bug"))
                .startsWith("HTTP/1.1 500")
                .doesNotContain("secret", "Exception", "kwangmyong.");
    }

    @Test
    void waitsForRepliesThatComeLater() throws IOException {
        assertThat(get("news.kp", "/later")).endsWith("later");
        assertThat(get("news.kp", "/worker")).endsWith("worked");
    }

    @Test
    void readsFormsAndNothingElse() throws IOException {
        assertThat(post("application/x-www-form-urlencoded", "text=%EA%B4%91%EB%AA%85+1"))
                .endsWith("광명 1");
        assertThat(post("multipart/form-data; boundary=x", "--x--")).startsWith("HTTP/1.1 415");
        assertThat(post("application/x-www-form-urlencoded", "text=%E")).startsWith("HTTP/1.1 400");
        assertThat(post("application/x-www-form-urlencoded", "text=%FF")).startsWith("HTTP/1.1 400");
    }

    @Test
    void refusesWhatIsTooLarge() throws IOException {
        assertThat(get("news.kp", "/" + "a".repeat(2_000))).startsWith("HTTP/1.0 414");
        assertThat(ask("GET / HTTP/1.1\r\nHost: news.kp\r\nX: " + "a".repeat(5_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(post("application/x-www-form-urlencoded", "text=" + "a".repeat(20_000)))
                .startsWith("HTTP/1.1 413");
        assertThat(ask("POST /echo HTTP/1.1\r\nHost: news.kp\r\nContent-Length: 9000000000\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(ask("POST /echo HTTP/1.1\r\nHost: news.kp\r\nExpect: 100-continue\r\nContent-Length: 20000\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void cutsAClientThatTakesItsTime() throws IOException, InterruptedException {
        try (Socket slow = RawClient.open(address)) {
            slow.getOutputStream().write("GET / HTTP/1.1\r\nHost: ne".getBytes(StandardCharsets.US_ASCII));
            assertThat(RawClient.readAll(slow.getInputStream())).isEmpty();
        }
        try (Socket silent = RawClient.open(address)) {
            assertThat(RawClient.readAll(silent.getInputStream())).isEmpty();
        }
    }

    @Test
    void keepsAConnectionForTheNextRequest() throws IOException {
        String twice =
                "GET / HTTP/1.1\r\nHost: news.kp\r\n\r\nGET / HTTP/1.1\r\nHost: lib.kp\r\nConnection: close\r\n\r\n";
        assertThat(ask(twice)).contains("\r\n\r\nnewsHTTP/1.1 200").endsWith("library");
    }

    @Test
    void resetsOrSaysNothingWhenASiteWantsIt() throws IOException {
        assertThat(get("news.kp", "/hang")).isEmpty();
        assertThatThrownBy(() -> get("news.kp", "/reset"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void saysInOneSentenceThatAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Addresses.parse("127.0.0.1"))) {
            Binding binding = new Binding(
                    new InetSocketAddress(taken.getInetAddress(), taken.getLocalPort()),
                    false,
                    new Hosts(Map.of(), null));
            assertThatThrownBy(() ->
                            WebServer.open("The portal", runtime, AddressPlan.real(), List.of(binding), HostKeys.NONE))
                    .isInstanceOf(StartException.class)
                    .hasMessage("The portal cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": the port is taken; stop what holds it, or start with --offset N to move this"
                            + " lab's ports up by N");
        }
    }

    @Test
    void servesTheStylesheetToEveryHostAndOnlyOnce() throws IOException {
        String first = get("news.kp", "/assets/kwm.css");
        assertThat(first).startsWith("HTTP/1.1 200").containsIgnoringCase("content-type: text/css");
        String etag = first.replaceAll("(?is).*etag: (\"[^\"]+\").*", "$1");
        assertThat(ask("GET /assets/kwm.css HTTP/1.1\r\nHost: lib.kp\r\nIf-None-Match: \"x\", W/" + etag
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 304")
                .endsWith("\r\n\r\n");
    }

    @Test
    void sharesASocketBetweenServices() throws IOException, StartException {
        Hosts late = new Hosts(Map.of("late.kp", new Routes().get("/", request -> Reply.plain("late"))), null);
        AddressPlan real = AddressPlan.real();
        try (WebServer second = WebServer.open(
                "The second", runtime, real, List.of(new Binding(address, false, late)), HostKeys.NONE)) {
            assertThat(second.listeners()).hasSize(1);
            assertThat(get("late.kp", "/")).endsWith("late");
            assertThat(get("news.kp", "/")).endsWith("news");
        }
        assertThat(get("late.kp", "/")).startsWith("HTTP/1.1 421");
        assertThat(get("news.kp", "/")).endsWith("news");
    }

    @Test
    void survivesWhateverIsSent() throws IOException {
        long seed = Long.getLong("kwm.fuzz.seed", 20_261_122L);
        int rounds = Integer.getInteger("kwm.hostile.rounds", 300);
        System.out.println("WebServerTest seed " + seed);
        Random random = new Random(seed);
        String valid =
                "POST /echo?a=%20 HTTP/1.1\r\nHost: news.kp\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 6\r\nConnection: close\r\n\r\ntext=a";
        for (int round = 0; round < rounds; round++) {
            byte[] bytes = valid.getBytes(StandardCharsets.ISO_8859_1);
            for (int change = random.nextInt(6); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try (Socket socket = RawClient.open(address)) {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                assertThat(RawClient.readAll(socket.getInputStream())).doesNotContain("HTTP/1.1 500", "Exception");
            } catch (java.net.SocketException reset) {
                assertThat(reset).hasMessageMatching(".*(reset|pipe).*");
            }
        }
        assertThat(get("news.kp", "/")).endsWith("news");
    }

    private String get(String host, String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private String post(String type, String body) throws IOException {
        return ask("POST /echo HTTP/1.1\r\nHost: news.kp\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    }

    private String ask(String request) throws IOException {
        return RawClient.send(address, request);
    }
}
