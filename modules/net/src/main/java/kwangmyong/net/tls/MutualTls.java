package kwangmyong.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS between parts of the lab, TLS 1.3 alone: each proves who it is, and believes one authority and nobody else.
 *
 * @param own key and certificate
 * @param authority of whoever may be at the other end
 */
public record MutualTls(ServerCredential own, X509Certificate authority) {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6, by its number in GeneralName

    private static final String KEY = "own.key";
    private static final String CHAIN = "own.crt";
    private static final String AUTHORITY = "authority.crt";

    /** For Netty: whoever shows no certificate of the authority's is refused. Dear to make: make one a service. */
    public SslContext nettyServer() {
        return netty(false, ClientAuth.REQUIRE);
    }

    /** For Netty, to connect. */
    public SslContext nettyClient() {
        return netty(true, ClientAuth.NONE);
    }

    /** A connection's handler that goes on only with the server of that name. */
    public static SslHandler to(SslContext client, ByteBufAllocator buffers, String name, int port) {
        SslHandler handler = client.newHandler(buffers, name, port);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    /** What the other end is known by: the first DNS name of its certificate. */
    public static Optional<String> peerName(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? name(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException nobody) {
            return Optional.empty();
        }
    }

    /** What this end is known by. */
    public Optional<String> ownName() {
        return name(own.certificate());
    }

    private static Optional<String> name(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Optional.empty()
                    : names.stream()
                            .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .findFirst();
        } catch (CertificateParsingException odd) {
            return Optional.empty();
        }
    }

    /** Writes key, certificate and the authority's certificate to files of a folder. */
    public void writeTo(Path folder) throws IOException {
        Pem.writeSecret(folder.resolve(KEY), own.keyPem());
        Pem.write(folder.resolve(CHAIN), own.chainPem());
        Pem.write(folder.resolve(AUTHORITY), Pem.certificates(List.of(authority)));
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException when it is not there or not whole
     */
    public static MutualTls readFrom(Path folder) throws IOException {
        try {
            if (!Files.exists(folder.resolve(KEY))) {
                throw new IOException("there are no credentials in " + folder);
            }
            ServerCredential own =
                    new ServerCredential(Pem.readKey(folder.resolve(KEY)), Pem.readCertificates(folder.resolve(CHAIN)));
            if (!own.fitsTogether()) {
                throw new IOException(folder.resolve(KEY) + " is not the key of " + folder.resolve(CHAIN));
            }
            return new MutualTls(
                    own, Pem.readCertificates(folder.resolve(AUTHORITY)).get(0));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new IOException(
                    "the credentials in " + folder + " cannot be used: " + unreadable.getMessage(), unreadable);
        }
    }

    private SslContext netty(boolean client, ClientAuth asked) {
        try {
            KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
            believed.load(null, null);
            believed.setCertificateEntry("authority", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(believed);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {own.keyManager()}, trust.getTrustManagers(), null);
            return new JdkSslContext(
                    context,
                    client,
                    null,
                    IdentityCipherSuiteFilter.INSTANCE,
                    ApplicationProtocolConfig.DISABLED,
                    asked,
                    PROTOCOLS,
                    false);
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("TLS cannot be set up", broken);
        }
    }
}
