package kwangmyong.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.net.tls.Authority;
import kwangmyong.net.tls.ServerCredential;
import kwangmyong.testkit.SettableClock;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Routes;
import kwangmyong.web.server.WebServer.Binding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    private Path keys;

    private WebRuntime runtime;
    private WebServer server;
    private Authority authority;

    @BeforeEach
    void open() throws IOException, StartException {
        authority = Authority.open(keys, "test", "A test authority");
        Map<String, PrivateKeyEntry> entries = Map.of("news.kp", entry("news.kp"), "lib.kp", entry("lib.kp"));
        runtime = new WebRuntime(new SettableClock());
        Hosts hosts = Hosts.all(
                new Routes().get("/", request -> Reply.plain(request.target().scheme() + " " + request.host())));
        Binding binding = new Binding(new InetSocketAddress(Addresses.parse("127.0.0.1"), 0), true, hosts);
        server = WebServer.open(
                "The test",
                runtime,
                AddressPlan.real(),
                List.of(binding),
                host -> entries.get(host.isEmpty() ? "news.kp" : host));
    }

    @AfterEach
    void close() {
        server.close();
        runtime.close();
    }

    private PrivateKeyEntry entry(String host) {
        ServerCredential credential = authority.issueUnkept(List.of(host), List.of());
        return new PrivateKeyEntry(credential.privateKey(), credential.chain().toArray(Certificate[]::new));
    }

    @Test
    void showsEachHostItsOwnCertificate() throws IOException, GeneralSecurityException {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            assertThat(ask("lib.kp", protocol)).isEqualTo("lib.kp|https lib.kp");
            assertThat(ask("news.kp", protocol)).isEqualTo("news.kp|https news.kp");
        }
    }

    @Test
    void refusesOldProtocolsAndHostsItHasNoKeyFor() {
        assertThatThrownBy(() -> ask("lib.kp", "TLSv1.1"))
                .isInstanceOfAny(SSLException.class, IllegalArgumentException.class);
        assertThatThrownBy(() -> ask("elsewhere.kp", "TLSv1.3")).isInstanceOf(SSLException.class);
    }

    /** The name in the certificate shown, and the page behind it. */
    private String ask(String host, String protocol) throws IOException, GeneralSecurityException {
        InetSocketAddress address = server.listeners().get(0).socket();
        try (SSLSocket socket =
                (SSLSocket) trusting().getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            parameters.setProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            String name =
                    shown.getSubjectAlternativeNames().iterator().next().get(1).toString();
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String reply = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return name + "|" + reply.substring(reply.indexOf("\r\n\r\n") + 4);
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
