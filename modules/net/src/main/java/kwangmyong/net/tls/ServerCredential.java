package kwangmyong.net.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/**
 * What a TLS server shows and proves, in the forms that TLS libraries take it.
 *
 * @param chain the server's own certificate first, its authority's last
 */
public record ServerCredential(PrivateKey privateKey, List<X509Certificate> chain) {
    /** TLS 1.3 (RFC 8446) and 1.2; nothing older is spoken anywhere in the lab (RFC 8996). */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private static final String ALIAS = "server";

    public ServerCredential {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a credential has at least one certificate");
        }
    }

    /** The server's own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * For Netty, on the JDK's TLS. Cheap to use, dear to make: make one a service.
     *
     * @param applicationProtocols offered by ALPN (RFC 7301), best first; none for protocols without it
     */
    public SslContext nettyServer(String... applicationProtocols) {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(privateKey, chain.toArray(X509Certificate[]::new))
                    .sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOLS);
            if (applicationProtocols.length > 0) {
                builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        applicationProtocols));
            }
            return builder.build();
        } catch (SSLException broken) {
            throw new IllegalStateException("TLS cannot be set up", broken);
        }
    }

    /** A key store in memory with this one entry, protected by {@code password}. */
    public KeyStore keyStore(char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, privateKey, password, chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("a key store cannot be made", broken);
        }
    }

    /** For the JDK's own TLS, and for what is built on it. */
    public KeyManagerFactory keyManagers() {
        char[] password = new char[0];
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keyStore(password), password);
            return factory;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("key managers cannot be made", broken);
        }
    }

    /** PKCS #8 in PEM; a secret. */
    public String keyPem() {
        return Pem.key(privateKey);
    }

    public String chainPem() {
        return Pem.certificates(chain);
    }

    /** Whether the key is that of the first certificate. */
    boolean fitsTogether() throws GeneralSecurityException {
        byte[] probe = ALIAS.getBytes(StandardCharsets.US_ASCII);
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(privateKey);
        signing.update(probe);
        Signature checking = Signature.getInstance("SHA256withECDSA");
        checking.initVerify(certificate().getPublicKey());
        checking.update(probe);
        return checking.verify(signing.sign());
    }

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "ServerCredential[" + certificate().getSubjectX500Principal() + "]";
    }
}
