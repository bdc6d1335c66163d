package kwangmyong.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.net.tls.Authority;
import kwangmyong.net.tls.ServerCredential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortalTlsTest {
    @TempDir
    private Path keys;

    private Authority authority;
    private TestPortal portal;

    @BeforeEach
    void open() throws IOException, StartException {
        authority = Authority.open(keys, "garden", "A test authority");
        ServerCredential credential = authority.issueUnkept(List.of("portal.kp"), List.of());
        PrivateKeyEntry entry =
                new PrivateKeyEntry(credential.privateKey(), credential.chain().toArray(Certificate[]::new));
        portal = TestPortal.openWith(host -> entry);
    }

    @AfterEach
    void close() {
        portal.close();
    }

    @Test
    void tellsProgramsWhetherATerminalIsCaptive() throws IOException, GeneralSecurityException {
        assertThat(get(TestPortal.CAFE_TERMINAL, "/captive"))
                .containsIgnoringCase("content-type: application/captive+json\r\n")
                .endsWith("{\"captive\":true,\"user-portal-url\":\"https://portal.kp/\",\"can-extend-session\":false}");
        new Browser(portal.http(), TestPortal.CAFE_TERMINAL)
                .submit("/login", "/login", Map.of("name", "resident", "password", "resident-demo"));
        portal.clock.advance(Duration.ofMinutes(90));
        assertThat(get(TestPortal.CAFE_TERMINAL, "/captive"))
                .contains("\"captive\":false")
                .contains("\"seconds-remaining\":1800");
    }

    @Test
    void sendsWhatATunnelHidesToWhereTheGatewayCanSayWhoAsks() throws IOException, GeneralSecurityException {
        assertThat(get("10.0.0.1", "/about?lang=ko"))
                .startsWith("HTTP/1.1 302")
                .containsIgnoringCase("location: http://portal.kp/about?lang=ko\r\n");
        assertThat(get(TestPortal.CAFE_TERMINAL, "/"))
                .startsWith("HTTP/1.1 200")
                .contains("10.76.10.11");
    }

    private String get(String terminal, String path) throws IOException, GeneralSecurityException {
        InetSocketAddress https = portal.https();
        try (SSLSocket socket = (SSLSocket) trusting().getSocketFactory().createSocket()) {
            socket.bind(new InetSocketAddress(TestPortal.socket(terminal), 0));
            socket.connect(https);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: portal.kp\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("authority", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
