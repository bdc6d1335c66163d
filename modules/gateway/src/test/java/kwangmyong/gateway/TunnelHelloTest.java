package kwangmyong.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import kwangmyong.gateway.Checks.Answer;
import kwangmyong.gateway.tls.HelloMaker;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tunnel's TLS names is held against what the tunnel was asked for, and how denials look in tunnels. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TunnelHelloTest {
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 49};

    private final Checks.Answer[] checks = {Answer.NOTE, Answer.DENY, Answer.NOTE, Answer.NOTE};
    private Presentation denial = Presentation.Http.BLOCK_PAGE;
    private GatewayFixture gateway;
    private Origin origin;
    private String site;

    @BeforeEach
    void make() throws Exception {
        gateway = new GatewayFixture(this::rules)
                .with(config ->
                        config.withChecks(new Checks(checks[0], checks[1], checks[2], checks[3], Checks.Answer.DENY)));
        origin = new Origin(GatewayFixture.SITE, TunnelHelloTest::echo);
        site = gateway.name("namsan.aca.kp", origin);
        gateway.name("dailynk.com", origin);
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    private Decision rules(Access access) {
        return access.resource().name().equals("namsan.aca.kp")
                ? ScriptedPolicy.allow("reading")
                : ScriptedPolicy.deny(Reason.NO_RULE, denial);
    }

    private static void echo(Origin.Visit visit) throws IOException {
        visit.say("220 first\r\n");
        int octet;
        while ((octet = visit.in.read()) >= 0) {
            visit.out.write(octet);
            visit.out.flush();
        }
    }

    private Client open() throws Exception {
        gateway.start();
        return open(site);
    }

    private Client open(String authority) throws IOException {
        Client client = gateway.client();
        client.say("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 200 ");
        return client;
    }

    private static void send(Client client, byte[] octets, int at) throws IOException {
        client.socket.getOutputStream().write(octets, 0, at);
        client.socket.getOutputStream().flush();
        client.socket.getOutputStream().write(octets, at, octets.length - at);
        client.socket.getOutputStream().flush();
    }

    private void isJournaled(Reason reason, String detail) {
        await().untilAsserted(() -> assertThat(gateway.journal.events()).anySatisfy(event -> {
            assertThat(requireNonNull(event.decision()).reason()).isEqualTo(reason);
            assertThat(event.detail()).contains(detail);
        }));
    }

    @Test
    void passesAHelloThatNamesTheTunnelsHostHoweverItIsCut() throws Exception {
        byte[] hello = HelloMaker.inRecords(HelloMaker.hello("namsan.aca.kp"), 40);
        gateway.start();
        for (int at = 0; at < hello.length; at += 13) {
            try (Client client = open(site)) {
                send(client, hello, at);
                assertThat(client.in.readNBytes(11)).isEqualTo("220 first\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(client.in.readNBytes(hello.length)).isEqualTo(hello);
            }
        }
        assertThat(gateway.journal.events()).allMatch(event -> event.detail() == null);
    }

    @Test
    void endsATunnelWhoseHelloNamesAnotherWithAnAlertHoweverItIsCut() throws Exception {
        byte[] hello = HelloMaker.inRecords(HelloMaker.hello("dailynk.com"), 40);
        gateway.start();
        for (int at = 0; at < hello.length; at += 13) {
            try (Client client = open(site)) {
                client.in.readNBytes(11);
                send(client, hello, at);
                assertThat(client.in.readAllBytes()).isEqualTo(ALERT);
            }
        }
        isJournaled(Reason.SNI_MISMATCH, "the TLS handshake names dailynk.com");
    }

    @Test
    void sendsNothingOnOfAHelloThatNamesAnother() throws Exception {
        try (Client client = open()) {
            client.in.readNBytes(11);
            send(client, HelloMaker.hello("dailynk.com"), 1);
            assertThat(client.in.readAllBytes()).isEqualTo(ALERT); // the echo would come first
        }
    }

    @Test
    void notesOrDeniesAHelloThatNamesNobody() throws Exception {
        byte[] hello = HelloMaker.hello(null);
        try (Client client = open()) {
            client.in.readNBytes(11);
            send(client, hello, 3);
            assertThat(client.in.readNBytes(hello.length)).isEqualTo(hello);
        }
        isJournaled(Reason.RULE, "names no host");
    }

    @Test
    void deniesAHelloThatNamesNobodyWhereTheLabMinds() throws Exception {
        checks[2] = Answer.DENY;
        try (Client client = open()) {
            client.in.readNBytes(11);
            send(client, HelloMaker.with("namsan.aca.kp", HelloMaker.encryptedHello()), 3);
            assertThat(client.in.readNBytes(5)).isNotEqualTo(java.util.Arrays.copyOf(ALERT, 5));
        }
        try (Client client = open(site)) {
            client.in.readNBytes(11);
            send(client, HelloMaker.hello(null), 3);
            assertThat(client.in.readAllBytes()).isEqualTo(ALERT);
        }
    }

    @Test
    void passesOtherProtocolsUnlessTheLabMinds() throws Exception {
        try (Client client = open()) {
            client.say("SSH-2.0-x\r\n");
            assertThat(Client.text(client.in.readNBytes(22))).isEqualTo("220 first\r\nSSH-2.0-x\r\n");
        }
        isJournaled(Reason.RULE, "no TLS");
    }

    @Test
    void endsOtherProtocolsWhereTheLabMinds() throws Exception {
        checks[3] = Answer.DENY;
        try (Client client = open()) {
            client.in.readNBytes(11);
            client.say("SSH-2.0-x\r\n");
            assertThat(client.rest()).isEmpty();
        }
        isJournaled(Reason.SNI_MISMATCH, "no TLS");
    }

    @Test
    void deniesAHostFieldThatDisagreesWhereTheLabMinds() throws Exception {
        checks[0] = Answer.DENY;
        gateway.start();
        try (Client client = gateway.client()) {
            client.say("GET http://" + site + "/ HTTP/1.1\r\nHost: dailynk.com\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 403 ").contains("host-mismatch");
        }
        isJournaled(Reason.HOST_MISMATCH, "Host said dailynk.com");
        assertThat(origin.connections()).isZero();
    }

    @Test
    void alertsWhoeverSpeaksTlsInADeniedTunnel() throws Exception {
        denial = Presentation.Http.TLS_ALERT;
        gateway.start();
        String hidden = site.replace("namsan.aca.kp", "dailynk.com");
        try (Client client = open(hidden)) {
            send(client, HelloMaker.hello("dailynk.com"), 1);
            assertThat(client.in.readAllBytes()).isEqualTo(ALERT);
        }
        try (Client client = open(hidden)) {
            client.say("GET / HTTP/1.1\r\n\r\n");
            assertThat(client.in.readAllBytes()).isEmpty();
        }
        assertThat(origin.connections()).isZero();
    }
}
