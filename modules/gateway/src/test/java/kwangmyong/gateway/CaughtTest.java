package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import kwangmyong.gateway.tls.HelloMaker;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.journal.Event;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections caught on their way to a host; where they were meant for is said by the test, by the firewall in TransparentIT. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CaughtTest {
    private static final String ALLOWED = "namsan.aca.kp";
    private static final String DENIED = "dailynk.com";
    private static final byte[] ACCESS_DENIED = {21, 3, 3, 0, 2, 2, 49};

    private GatewayFixture gateway;
    private Origin origin;
    private int port;
    private InetSocketAddress caught;

    private static Decision rules(Access access) {
        return access.resource().name().equals(DENIED)
                ? ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE)
                : ScriptedPolicy.allow("reading");
    }

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayFixture(CaughtTest::rules);
        origin = new Origin(GatewayFixture.SITE, CaughtTest::serve);
        String authority = gateway.name(ALLOWED, origin);
        gateway.name(DENIED, origin);
        gateway.name("elsewhere.kp", origin, "10.76.100.2");
        gateway.name(GatewayFixture.SITE_IN_THE_LAB, origin);
        port = Integer.parseInt(authority.substring(authority.indexOf(':') + 1));
        gateway.start();
        caught = gateway.caughtTowards(GatewayFixture.SITE_IN_THE_LAB, port);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    /** Answers HTTP, and TLS by how many octets came. */
    private static void serve(Origin.Visit visit) throws IOException {
        int first = visit.in.read();
        if (first == 22) {
            byte[] rest = visit.in.readNBytes(4);
            int length = (rest[2] & 0xff) << 8 | (rest[3] & 0xff);
            visit.in.readNBytes(length);
            visit.say("hello of " + length);
        } else if (first == 'G') {
            String head = visit.head();
            String body = head == null ? "" : head.substring(3, head.indexOf('\r'));
            visit.say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
        }
    }

    private Client client() throws IOException {
        return Client.from(GatewayFixture.TERMINAL, caught);
    }

    private Client say(byte[] octets) throws IOException {
        Client client = client();
        client.socket.getOutputStream().write(octets);
        return client;
    }

    private Event journalled() {
        await().until(() -> !gateway.journal.events().isEmpty());
        List<Event> events = gateway.journal.events();
        return events.get(events.size() - 1);
    }

    @Test
    void fetchesForWhomTheHostFieldNames() throws IOException {
        try (Client client = client()) {
            String answer = client.say("GET /books?q=1 HTTP/1.1\r\nHost: namsan.aca.kp:" + port + "\r\n\r\n")
                    .answer();

            assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("/books?q=1 HTTP/1.1");
            assertThat(journalled().resource()).hasToString("GET http://namsan.aca.kp:" + port + "/books?q=1");
        }
    }

    @Test
    void showsThePageToWhomHttpIsDenied() throws IOException {
        try (Client client = client()) {
            String answer = client.say("GET / HTTP/1.1\r\nHost: dailynk.com:" + port + "\r\n\r\n")
                    .answer();

            assertThat(answer).startsWith("HTTP/1.1 451 ");
        }
    }

    @Test
    void goesNowhereElseThanTheClientDid() throws IOException {
        try (Client client = client()) {
            String answer = client.say("GET / HTTP/1.1\r\nHost: elsewhere.kp:" + port + "\r\n\r\n")
                    .answer();

            assertThat(answer).startsWith("HTTP/1.1 403 ");
            assertThat(reason()).isEqualTo(Reason.ADDRESS_MISMATCH);
        }
    }

    @Test
    void refusesAHostFieldOfAnotherPort() throws IOException {
        try (Client client = client()) {
            String answer = client.say("GET / HTTP/1.1\r\nHost: namsan.aca.kp:80\r\n\r\n")
                    .answer();

            assertThat(answer).startsWith("HTTP/1.1 403 ");
            assertThat(reason()).isEqualTo(Reason.HOST_MISMATCH);
        }
    }

    @Test
    void refusesToBeAProxyThere() throws IOException {
        try (Client client = client()) {
            String answer = client.say("CONNECT namsan.aca.kp:443 HTTP/1.1\r\nHost: namsan.aca.kp\r\n\r\n")
                    .answer();

            assertThat(answer).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void tunnelsToWhomAHelloNamesAndPassesItOnWhole() throws IOException {
        byte[] hello = HelloMaker.hello(ALLOWED, "h2");
        try (Client client = say(hello)) {
            assertThat(client.rest()).isEqualTo("hello of " + (hello.length - 5));
            assertThat(journalled().resource()).hasToString(ALLOWED + ":" + port);
        }
    }

    @Test
    void alertsWhomTlsIsDeniedWhereverItsHelloIsCut() throws IOException {
        byte[] hello = HelloMaker.hello(DENIED);
        for (int cut : IntStream.range(1, hello.length).toArray()) {
            try (Client client = say(Arrays.copyOf(hello, cut))) {
                client.socket.getOutputStream().write(hello, cut, hello.length - cut);
                assertThat(client.in.readAllBytes()).as("cut at octet %d", cut).isEqualTo(ACCESS_DENIED);
            }
        }
        assertThat(gateway.journal.events()).hasSize(hello.length - 1);
        assertThat(origin.connections()).isZero();
    }

    @Test
    void alertsWhomTlsIsDeniedInRecordsOfAnySize() throws IOException {
        byte[] hello = HelloMaker.hello(DENIED);
        for (int size = 1; size < hello.length; size += 13) {
            try (Client client = say(HelloMaker.inRecords(hello, size))) {
                assertThat(client.in.readAllBytes()).as("records of %d", size).isEqualTo(ACCESS_DENIED);
            }
        }
    }

    @Test
    void asksForTheAddressWhereAHelloNamesNobody() throws IOException {
        byte[] hello = HelloMaker.hello(null);
        try (Client client = say(hello)) {
            assertThat(client.rest()).isEqualTo("hello of " + (hello.length - 5));
            assertThat(journalled().resource()).hasToString(GatewayFixture.SITE_IN_THE_LAB + ":" + port);
            assertThat(journalled().detail()).isEqualTo("the TLS handshake names no host");
        }
    }

    @Test
    void notesAnEncryptedHelloAndDecidesByTheFront() throws IOException {
        try (Client client = say(HelloMaker.with(ALLOWED, HelloMaker.encryptedHello()))) {
            assertThat(client.rest()).startsWith("hello of ");
            assertThat(journalled().detail())
                    .isEqualTo("an encrypted ClientHello, or what looks like one, is behind it");
        }
    }

    @Test
    void alertsWhomAHelloNamesThatLeadsElsewhere() throws IOException {
        try (Client client = say(HelloMaker.hello("elsewhere.kp"))) {
            assertThat(client.in.readAllBytes()).isEqualTo(ACCESS_DENIED);
            assertThat(reason()).isEqualTo(Reason.ADDRESS_MISMATCH);
        }
    }

    @Test
    void refusesWhatIsNeitherAtItsFirstOctets() throws IOException {
        try (Client client = say(new byte[] {22, 9, 9})) {
            assertThat(client.in.readAllBytes()).isEqualTo(new byte[] {21, 3, 3, 0, 2, 2, 50});
            assertThat(reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void resetsAtOnceWhereNoPortIsReached() throws Exception {
        caught = gateway.caughtTowards(GatewayFixture.SITE_IN_THE_LAB, 22);
        assertThatThrownBy(() -> {
                    try (Client client = client()) { // the reset may be there before connect has returned
                        client.rest();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
        assertThat(reason()).isEqualTo(Reason.PORT);
    }

    private Reason reason() {
        Decision decision = journalled().decision();
        assertThat(decision).isNotNull();
        return decision.reason();
    }
}
