package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import kwangmyong.gateway.tls.HelloMaker;
import kwangmyong.kernel.journal.Event;
import kwangmyong.net.tls.Authority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that will not take the gateway's certificate for their host's, each in its own way: all stand in the journal. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class CertificateRefusalTest {
    private static final String HOST = "namsan.aca.kp";

    private final GatewayFixture gateway = new GatewayFixture(InterceptionTest::rules);
    private Origin origin;
    private String site;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Authority world = gateway.intercepting(folder);
        origin =
                Origin.overTls(GatewayFixture.SITE, world.issueUnkept(List.of(HOST), List.of()), visit -> visit.head());
        site = gateway.name(HOST, origin);
        gateway.start();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private Client tunnel() throws IOException {
        Client client = gateway.client();
        client.say("CONNECT " + site + " HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 200 ");
        return client;
    }

    private void isJournaled(String how) {
        await().untilAsserted(() -> assertThat(gateway.journal.events()).hasSize(2));
        Event event = gateway.journal.events().get(1);
        assertThat(event.action()).isEqualTo("certificate-refused");
        assertThat(event.resource()).hasToString(site);
        assertThat(event.detail()).isEqualTo("the client " + how);
        assertThat(event.decision()).isNull();
        assertThat(origin.connections()).isZero();
    }

    @Test
    void journalsTheAlertOfOneThatDoesNotKnowTheAuthority(@TempDir Path elsewhere) throws Exception {
        SSLContext pinned = TlsClients.believing(
                Authority.open(elsewhere, "other", "Another").certificate());
        try (Client client = tunnel()) {
            assertThatThrownBy(() -> client.overTls(pinned, HOST)).isInstanceOf(IOException.class);
        }
        isJournaled("refused the certificate: certificate_unknown");
    }

    @Test
    void journalsOneThatClosesWhenItSeesTheCertificate() throws Exception {
        try (Client client = tunnel()) {
            assertThatThrownBy(() -> client.overTls(TlsClients.of(new Leaving(client.socket)), HOST))
                    .isInstanceOf(Exception.class);
        }
        isJournaled("closed the connection when it saw the certificate");
    }

    @Test
    void journalsOneThatFinishesTheHandshakeAndLeavesWithoutAWord() throws Exception {
        try (Client client = tunnel().overTls(TlsClients.believing(gateway.pretender()), HOST)) {
            client.socket.getOutputStream().flush();
        }
        isJournaled("closed the connection without a word behind the handshake");
    }

    /** As OpenSSL does, which has no key to encrypt with when it sees the certificate. */
    @Test
    void journalsAnAlertInTheClearHoweverItIsCut() throws Exception {
        byte[] alert = {21, 3, 3, 0, 2, 2, 48};
        try (Client client = tunnel()) {
            client.socket.getOutputStream().write(HelloMaker.hello(HOST));
            assertThat(client.in.readNBytes(200)).as("of the server's flight").hasSize(200);
            for (byte octet : alert) {
                client.socket.getOutputStream().write(octet);
            }
            client.in.readAllBytes();
        }
        isJournaled("refused the certificate: unknown_ca");
    }

    @Test
    void journalsNothingOfOneThatTakesItAndAsks() throws Exception {
        try (Client client = tunnel().overTls(TlsClients.believing(gateway.pretender()), HOST)) {
            client.say("GET / HTTP/1.1\r\nHost: " + site + "\r\n\r\n").head();
        }
        assertThat(gateway.journal.events()).extracting(Event::action).containsExactly("tunnel", "fetch");
    }

    /** Hangs up on whoever shows a certificate. */
    private record Leaving(Socket socket) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {
            throw new IllegalStateException("it is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {
            try {
                socket.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
