package kwangmyong.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import kwangmyong.gateway.content.ContentRule;
import kwangmyong.gateway.content.Keywords;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.journal.Event;
import kwangmyong.net.tls.Authority;
import kwangmyong.testkit.ScriptedPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tunnels whose TLS the gateway opens: what is inside is decided, passed on and journaled like any other request. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class InterceptionTest {
    private static final String ALLOWED = "namsan.aca.kp";
    private static final String HIDDEN = "dailynk.com";

    private final GatewayFixture gateway = new GatewayFixture(InterceptionTest::rules)
            .with(config -> config.withChecks(new Checks(
                            Checks.Answer.NOTE, Checks.Answer.DENY, Checks.Answer.NOTE, Checks.Answer.NOTE, inner()))
                    .withContent(List.of(new ContentRule(
                            "words",
                            List.of(),
                            Set.of(),
                            List.of(),
                            Set.of(),
                            Set.of(),
                            -1,
                            Keywords.of(List.of("forbidden")),
                            0,
                            Presentation.Http.BLOCK_PAGE))));
    private Checks.Answer inner = Checks.Answer.DENY;
    private Origin origin;
    private String site;
    private SSLContext believing;
    private Authority world;
    private boolean started;

    private Checks.Answer inner() {
        return inner;
    }

    static Decision rules(Access access) {
        if (access.resource().name().equals(HIDDEN)) {
            return ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE);
        }
        return access.action() == Action.TUNNEL ? opened() : ScriptedPolicy.allow("opened");
    }

    static Decision opened() {
        return new Decision(
                Verdict.ALLOW, "opened", Reason.RULE, null, null, Presentation.AsAsked.INTERCEPTED, "0000000000000000");
    }

    @BeforeEach
    void make(@TempDir Path folder) throws Exception {
        world = gateway.intercepting(folder);
        origin = Origin.overTls(
                GatewayFixture.SITE, world.issueUnkept(List.of(ALLOWED, HIDDEN), List.of()), InterceptionTest::serve);
        site = gateway.name(ALLOWED, origin);
        gateway.name(HIDDEN, origin);
        believing = TlsClients.believing(gateway.pretender());
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private static void serve(Origin.Visit visit) throws IOException {
        String head;
        while ((head = visit.head()) != null) {
            if (head.contains("Upgrade: websocket")) {
                visit.say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
                visit.in.transferTo(visit.out);
                return;
            }
            String body = head.startsWith("GET /words") ? "all that is forbidden" : "catalogue";
            visit.say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }
    }

    private Client tunnel(String... fields) throws Exception {
        if (!started) {
            started = true;
            gateway.start();
        }
        Client client = gateway.client();
        client.say("CONNECT " + site + " HTTP/1.1\r\nHost: " + site + "\r\n" + String.join("", fields) + "\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 200 ");
        return client;
    }

    private Client inside() throws Exception {
        return tunnel().overTls(believing, ALLOWED);
    }

    private static String get(String path, String host) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    private List<String> journal() {
        return gateway.journal.events().stream().map(InterceptionTest::line).toList();
    }

    private static String line(Event event) {
        Decision decision = event.decision();
        @Nullable String detail = event.detail();
        return event.action() + " " + event.resource()
                + (decision == null
                        ? ""
                        : " " + decision.reason().word() + " "
                                + decision.presentation().word())
                + (detail == null ? "" : " (" + detail + ")");
    }

    @Test
    void readsWhatIsInsideAndPassesItOnOverTlsOfItsOwn() throws Exception {
        try (Client client = inside()) {
            X509Certificate shown =
                    (X509Certificate) ((SSLSocket) client.socket).getSession().getPeerCertificates()[0];
            assertThat(client.say(get("/books", site)).answer())
                    .startsWith("HTTP/1.1 200 OK")
                    .endsWith("catalogue");
            assertThat(client.say(get("/books", site)).answer()).endsWith("catalogue");

            assertThat(shown.getSubjectAlternativeNames()).containsExactly(List.of(2, ALLOWED));
            assertThat(shown.getPublicKey().getAlgorithm()).isEqualTo("EC");
            shown.verify(gateway.pretender().getPublicKey());
        }
        assertThat(origin.heads()).hasSize(2).allMatch(head -> head.startsWith("GET /books HTTP/1.1\r\nHost: " + site));
        assertThat(origin.connections()).isEqualTo(1);
        assertThat(journal())
                .containsExactly(
                        "tunnel " + site + " rule intercepted",
                        "fetch GET https://" + site + "/books rule as-asked",
                        "fetch GET https://" + site + "/books rule as-asked");
    }

    @Test
    void tellsAnInsideSiteWhoAsks() throws Exception {
        try (Client client = inside()) {
            client.say(get("/", site)).answer();
        }
        String head = origin.heads().get(0);
        String sealed = head.substring(head.indexOf("Kwm-Asker: ") + 11).split("\r\n", 2)[0];
        assertThat(gateway.seal
                        .open(sealed, ALLOWED, gateway.clock.now())
                        .orElseThrow()
                        .subject())
                .isEqualTo("academic");
    }

    @Test
    void seesWhoHidesBehindAnotherHost() throws Exception {
        try (Client client = inside()) {
            assertThat(client.say(get("/", site.replace(ALLOWED, HIDDEN))).answer())
                    .startsWith("HTTP/1.1 403 ")
                    .contains("host-mismatch")
                    .contains("opens and reads encrypted connections");
        }
        assertThat(origin.heads()).isEmpty();
        assertThat(journal().get(1))
                .isEqualTo("fetch GET https://" + site.replace(ALLOWED, HIDDEN)
                        + "/ host-mismatch 403 (asked within a tunnel to " + site + ")");
    }

    @Test
    void decidesByTheInnerHostWhereTheLabOnlyNotesThat() throws Exception {
        inner = Checks.Answer.NOTE;
        try (Client client = inside()) {
            assertThat(client.say(get("/", site.replace(ALLOWED, HIDDEN))).answer())
                    .startsWith("HTTP/1.1 451 ")
                    .contains("no-rule");
        }
        assertThat(journal().get(1)).contains(" no-rule 451 (asked within a tunnel to " + site + ")");
    }

    @Test
    void holdsWhatIsInsideAgainstTheContentRules() throws Exception {
        try (Client client = inside()) {
            assertThat(client.say(get("/forbidden", site)).answer())
                    .startsWith("HTTP/1.1 451 ")
                    .contains("words");
        }
        try (Client client = inside()) {
            assertThat(client.say(get("/words", site)).rest()).doesNotContain("forbidden");
        }
    }

    @Test
    void speaksHttp2Inside() throws Exception {
        tunnel().close();
        var client = HttpClient.newBuilder()
                .sslContext(believing)
                .proxy(ProxySelector.of(gateway.address()))
                .build();
        var uri = URI.create("https://" + site + "/books");

        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("catalogue");
        assertThat(journal()).contains("fetch GET https://" + site + "/books rule as-asked");
    }

    @Test
    void speaksHttp2InsideAlsoWhereTheProxyIsSpokenToOverTls(@TempDir Path garden) throws Exception {
        Path authority = gateway.overTls(garden);
        tunnel().close();
        SSLContext ofTheProxy = TlsClients.believing(certificate(authority));
        try (Client proxy =
                Client.from(GatewayFixture.TERMINAL, gateway.tlsAddress()).overTls(ofTheProxy, "proxy.kp")) {
            proxy.say("CONNECT " + site + " HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
            assertThat(proxy.head()).startsWith("HTTP/1.1 200 ");
            try (Client client = proxy.overTls(believing, ALLOWED, "h2")) {
                client.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0");
                assertThat(client.in.readNBytes(4)[3]).as("a frame of settings").isEqualTo((byte) 4);
            }
        }
    }

    @Test
    void opensATunnelThatIsAStream() throws Exception {
        tunnel().close();
        try (var streams = new FrameClient(gateway.client())) {
            streams.headers(1, false, ":method", "CONNECT", ":authority", site);
            assertThat(streams.read(FrameClient.HEADERS)).isNotNull();
            SSLSocket secret = (SSLSocket)
                    believing.getSocketFactory().createSocket(new StreamSocket(streams, 1), ALLOWED, 443, true);
            SSLParameters both = secret.getSSLParameters();
            both.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            secret.setSSLParameters(both);
            secret.startHandshake();
            assertThat(secret.getApplicationProtocol()).isEqualTo("http/1.1");

            secret.getOutputStream().write(get("/books", site).getBytes(StandardCharsets.US_ASCII));
            String said = Client.text(secret.getInputStream().readNBytes(15));
            assertThat(said).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(journal()).contains("fetch GET https://" + site + "/books rule as-asked");
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @Test
    void carriesAWebSocketInside() throws Exception {
        try (Client client = inside()) {
            client.say("GET /chat HTTP/1.1\r\nHost: " + site
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
            client.say("there and back");
            assertThat(Client.text(client.in.readNBytes(14))).isEqualTo("there and back");
        }
    }

    @Test
    void opensWhatIsCaughtOnItsWay() throws Exception {
        tunnel().close();
        int port = Integer.parseInt(site.substring(site.indexOf(':') + 1));
        InetSocketAddress caught = gateway.caughtTowards(GatewayFixture.SITE_IN_THE_LAB, port);
        try (Client client = Client.from(GatewayFixture.TERMINAL, caught).overTls(believing, ALLOWED)) {
            assertThat(client.say(get("/", site)).answer()).endsWith("catalogue");
        }
        assertThat(journal()).contains("tunnel " + site + " rule intercepted");
    }

    @Test
    void isOfWhomTheTunnelIs() throws Exception {
        String credentials = Base64.getEncoder().encodeToString("trader:trader-demo".getBytes(StandardCharsets.UTF_8));
        try (Client client =
                tunnel("Proxy-Authorization: Basic " + credentials + "\r\n").overTls(believing, ALLOWED)) {
            client.say(get("/", site)).answer();
        }
        assertThat(gateway.journal.events())
                .hasSize(2)
                .allMatch(event -> "trader".equals(requireNonNull(event.who()).subject()));
    }

    @Test
    void hasNoTunnelInATunnelAndNoOtherScheme() throws Exception {
        try (Client client = inside()) {
            assertThat(client.say("CONNECT " + site + " HTTP/1.1\r\nHost: " + site + "\r\n\r\n")
                            .answer())
                    .startsWith("HTTP/1.1 400 ");
        }
        try (Client client = inside()) {
            assertThat(client.say("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\n\r\n")
                            .answer())
                    .startsWith("HTTP/1.1 501 ");
        }
    }

    @Test
    void believesNoHostThatProvesToBeAnother() throws Exception {
        try (Origin other = Origin.overTls(
                GatewayFixture.SITE, world.issueUnkept(List.of(HIDDEN), List.of()), InterceptionTest::serve)) {
            site = gateway.name(ALLOWED, other);
            try (Client client = inside()) {
                assertThat(client.say(get("/", site)).answer())
                        .startsWith("HTTP/1.1 502 ")
                        .contains("tls_certificate_error");
            }
            assertThat(other.heads()).isEmpty();
        }
    }

    @Test
    void believesNoHostThatTheLabDoesNotVouchFor(@TempDir Path elsewhere) throws Exception {
        Authority stranger = Authority.open(elsewhere, "stranger", "A stranger");
        try (Origin other = Origin.overTls(
                GatewayFixture.SITE, stranger.issueUnkept(List.of(ALLOWED), List.of()), InterceptionTest::serve)) {
            site = gateway.name(ALLOWED, other);
            try (Client client = inside()) {
                assertThat(client.say(get("/", site)).answer())
                        .startsWith("HTTP/1.1 502 ")
                        .contains("tls_certificate_error");
            }
            assertThat(other.heads()).isEmpty();
        }
    }

    @Test
    void passesWhatIsNoTlsUnread() throws Exception {
        try (Origin plain = Origin.saying(GatewayFixture.SITE, "in the clear")) {
            site = gateway.name(ALLOWED, plain);
            try (Client client = tunnel()) {
                assertThat(client.say(get("/", site)).answer()).endsWith("in the clear");
            }
        }
        assertThat(journal()).last().asString().contains("no TLS");
    }

    @Test
    void endsWhenTheRulesNoLongerAllowIt() throws Exception {
        try (Client client = inside()) {
            client.say(get("/", site)).answer();
            gateway.policy.become(access -> ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE));
            assertThat(client.rest()).isEmpty();
        }
        assertThat(journal()).last().asString().contains("an open connection was cut");
    }

    @Test
    void endsWhenItIsNoLongerToBeOpened() throws Exception {
        try (Client client = inside()) {
            client.say(get("/", site)).answer();
            gateway.policy.become(access -> ScriptedPolicy.allow("opened"));
            assertThat(client.rest()).isEmpty();
        }
        await().untilAsserted(() -> assertThat(journal()).last().asString().contains("no longer to be opened"));
    }
}
