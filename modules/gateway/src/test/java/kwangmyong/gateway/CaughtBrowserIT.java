package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A browser without any proxy settings, in a namespace that leads nowhere but past the gateway; pictures are kept under target/pictures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class CaughtBrowserIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private Path folder;
    private CaughtNetwork network;
    private int visits;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium on this machine");
        assumeTrue(Namespaces.areAvailable(), "namespaces need root, ip, nft and curl");
        network = new CaughtNetwork(folder);
        network.firewall("tproxy");
    }

    @AfterAll
    void stop() throws Exception {
        if (network != null) {
            network.close();
        }
    }

    /**
     * What the browser shows, as HTML, its own error pages included.
     *
     * @param picture where the page is kept as people see it; a file's name
     * @param authorities whose certificates it believes
     */
    private String visit(String url, String picture, String... authorities) throws Exception {
        Path pictures = Files.createDirectories(Path.of("target", "pictures")).toAbsolutePath();
        StringBuilder keys = new StringBuilder();
        for (String authority : authorities) {
            keys.append(keys.isEmpty() ? "" : ",").append(key(authority));
        }
        Namespaces.Said said = network.atTerminal(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                CaughtVisitor.class.getName(),
                folder.resolve("profile" + visits++).toString(),
                url,
                pictures.resolve(picture).toString(),
                keys.toString());
        return said.text();
    }

    /** An authority's key as Chromium names it. */
    private String key(String authority) throws IOException, GeneralSecurityException {
        try (InputStream file = Files.newInputStream(folder.resolve(authority + ".crt"))) {
            byte[] key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(file)
                    .getPublicKey()
                    .getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        }
    }

    @ParameterizedTest
    @CsvSource({"http, caught-allowed-http.png", "https, caught-allowed-https.png"})
    void readsWhatIsAllowed(String scheme, String picture) throws Exception {
        assertThat(visit(scheme + "://" + CaughtHost.ALLOWED + "/", picture, "world"))
                .contains(CaughtHost.SAYS);
    }

    @Test
    void isShownTheBlockPageInTheClear() throws Exception {
        // Some real names are preloaded for HSTS: the browser would ask for those over TLS alone.
        assertThat(visit("http://radio.example/", "caught-denied-http.png", "world"))
                .contains("451", "no rule allows it", "radio.example")
                .doesNotContain(CaughtHost.SAYS);
    }

    @ParameterizedTest
    @CsvSource({
        "https, dailynk.com,     ERR_SSL_PROTOCOL_ERROR, caught-denied-https.png",
        "https, alert.example,   ERR_SSL_PROTOCOL_ERROR, caught-alert-https.png",
        "https, reset.example,   ERR_CONNECTION_RESET,   caught-reset-https.png",
        "http,  reset.example,   ERR_CONNECTION_RESET,   caught-reset-http.png",
        "https, close.example,   ERR_CONNECTION_CLOSED,  caught-close-https.png",
        "http,  close.example,   ERR_EMPTY_RESPONSE,     caught-close-http.png"
    })
    void meetsDenialsInItsOwnWords(String scheme, String host, String error, String picture) throws Exception {
        assertThat(visit(scheme + "://" + host + "/", picture, "world")).contains(error);
    }

    @Test
    void readsAnOpenedSiteWithTheAuthorityAndIsWarnedWithout() throws Exception {
        String url = "https://" + CaughtHost.OPENED + "/";
        assertThat(visit(url, "caught-opened.png", "interception")).contains(CaughtHost.SAYS);
        assertThat(visit(url, "caught-opened-distrusted.png", "world"))
                .contains("ERR_CERT_AUTHORITY_INVALID")
                .doesNotContain(CaughtHost.SAYS);
    }
}
