package kwangmyong.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import kwangmyong.kernel.place.Addresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthorityTest {
    private static final List<String> NAMES = List.of("mail.silibank.net.kp", "silibank.net.kp");
    private static final List<InetAddress> ADDRESSES =
            List.of(Addresses.parse("10.76.0.1"), Addresses.parse("fd00:76::1"));

    @TempDir
    Path keys;

    @Test
    void isMadeOnceAndLoadedAfterwards() throws Exception {
        Authority first = Authority.open(keys, "garden", "Kwangmyong Lab garden authority");
        Authority second = Authority.open(keys, "garden", "whatever");

        assertThat(second.certificate()).isEqualTo(first.certificate());
        assertThat(first.certificate().getBasicConstraints()).isZero();
        assertThat(first.certificate().getSubjectX500Principal().getName()).contains("garden authority");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("garden.key"))))
                .isEqualTo("rw-------");
        assertThat(Authority.open(keys, "world", "w").certificate()).isNotEqualTo(first.certificate());
    }

    @Test
    void issuesWhatAValidatorAccepts() throws Exception {
        Authority garden = Authority.open(keys, "garden", "garden");
        ServerCredential credential = garden.issue("mail", NAMES, ADDRESSES);

        PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(garden.certificate(), null)));
        trust.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(List.of(credential.certificate())),
                        trust);
        assertThat(credential.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(credential.certificate().getSubjectAlternativeNames()).hasSize(4);
        assertThat(Duration.between(
                        credential.certificate().getNotBefore().toInstant(),
                        credential.certificate().getNotAfter().toInstant()))
                .isLessThan(Authority.LEAF_LIFETIME);
    }

    @Test
    void keepsACertificateUntilItsNamesChangeOrItsEndIsNear() throws Exception {
        ServerCredential first = Authority.open(keys, "garden", "garden").issue("mail", NAMES, ADDRESSES);
        Authority again = Authority.open(keys, "garden", "garden");

        assertThat(again.issue("mail", List.of(NAMES.get(1), NAMES.get(0)), ADDRESSES))
                .isEqualTo(first);
        assertThat(again.issue("mail", List.of("mail.silibank.net.kp"), ADDRESSES))
                .isNotEqualTo(first);

        Clock nearTheEnd = Clock.fixed(Clock.systemUTC().instant().plus(Duration.ofDays(370)), ZoneOffset.UTC);
        ServerCredential other = again.issue("mail", NAMES, ADDRESSES);
        assertThat(Authority.open(keys, "garden", "garden", nearTheEnd).issue("mail", NAMES, ADDRESSES))
                .isNotEqualTo(other);
    }

    @Test
    void issuesAnewWhatACrashCutShort() throws Exception {
        Authority garden = Authority.open(keys, "garden", "garden");
        garden.issue("mail", NAMES, ADDRESSES);
        Path file = keys.resolve("garden/mail.crt");
        Files.writeString(file, Files.readString(file).substring(0, 100));

        assertThat(garden.issue("mail", NAMES, ADDRESSES).fitsTogether()).isTrue();
        assertThat(Files.readString(file)).contains("END CERTIFICATE");
    }

    @Test
    void issuesAnewWhenTheAuthorityIsAnother() throws Exception {
        ServerCredential before = Authority.open(keys, "garden", "garden").issue("mail", NAMES, ADDRESSES);
        Files.delete(keys.resolve("garden.crt"));
        Authority successor = Authority.open(keys, "garden", "garden");

        assertThat(successor.issue("mail", NAMES, ADDRESSES)).isNotEqualTo(before);
    }

    @Test
    void refusesAnAuthorityWhoseKeyIsAnotherOnes() throws Exception {
        Authority.open(keys, "garden", "garden");
        Authority.open(keys, "world", "world");
        Files.copy(keys.resolve("world.key"), keys.resolve("garden.key"), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> Authority.open(keys, "garden", "garden"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not the key of");
    }

    @Test
    void believesAKeyWithoutASealWhenItFits() throws Exception {
        ServerCredential before = Authority.open(keys, "garden", "garden").issue("mail", NAMES, ADDRESSES);
        for (Path file : List.of(keys.resolve("garden.key"), keys.resolve("garden/mail.key"))) {
            String text = Files.readString(file);
            assertThat(text).startsWith("Seal: ");
            Files.writeString(file, text.substring(text.indexOf("-----BEGIN")));
        }

        assertThat(Authority.open(keys, "garden", "garden").issue("mail", NAMES, ADDRESSES))
                .isEqualTo(before);
    }

    @Test
    void issuesAnewWhenTheKeyUnderTheSealIsAnother() throws Exception {
        Authority garden = Authority.open(keys, "garden", "garden");
        ServerCredential before = garden.issue("mail", NAMES, ADDRESSES);
        garden.issue("other", NAMES, ADDRESSES);
        Path file = keys.resolve("garden/mail.key");
        String other = Files.readString(keys.resolve("garden/other.key"));
        Files.writeString(file, Files.readAllLines(file).get(0) + "\n" + other.substring(other.indexOf("-----BEGIN")));

        ServerCredential after = garden.issue("mail", NAMES, ADDRESSES);

        assertThat(after).isNotEqualTo(before);
        assertThat(after.fitsTogether()).isTrue();
    }

    @Test
    void exportsTheCertificateAndNeverTheKey() throws Exception {
        Authority garden = Authority.open(keys, "garden", "garden");
        Path target = keys.resolve("exported/here");

        assertThat(garden.exportTo(target)).hasContent(Files.readString(keys.resolve("garden.crt")));
        assertThat(target.toFile().list()).containsExactly("garden.crt");
    }

    @Test
    void refusesLabelsThatLeaveTheDirectory() throws Exception {
        Authority garden = Authority.open(keys, "garden", "garden");

        assertThatThrownBy(() -> garden.issue("../x", NAMES, ADDRESSES)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void servesARealHandshakeByNameAndByAddress() throws Exception {
        Authority garden = Authority.open(keys, "garden", "garden");
        ServerCredential credential = garden.issueUnkept(List.of("lib.kp"), List.of(Addresses.parse("127.0.0.1")));
        SSLContext serving = SSLContext.getInstance("TLS");
        serving.init(new KeyManager[] {credential.keyManager()}, null, null);
        try (SSLServerSocket server = (SSLServerSocket)
                serving.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> served = CompletableFuture.supplyAsync(() -> {
                try (Socket accepted = server.accept()) {
                    accepted.getOutputStream().write(42);
                    return 42;
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            assertThat(read(trusting(garden), server.getLocalPort())).isEqualTo(42);
            assertThat(served.get()).isEqualTo(42);
        }
        assertThat(credential
                        .nettyServer("h2", "http/1.1")
                        .applicationProtocolNegotiator()
                        .protocols())
                .containsExactly("h2", "http/1.1");
        assertThat(credential.toString()).doesNotContain("PRIVATE");
    }

    private static int read(SSLContext client, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            return socket.getInputStream().read();
        }
    }

    private static SSLContext trusting(Authority authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
