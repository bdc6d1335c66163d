package kwangmyong.net.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * What a TLS server shows and proves, in the forms that TLS libraries take it.
 *
 * @param chain the server's own certificate first, its authority's last
 */
public record ServerCredential(PrivateKey privateKey, List<X509Certificate> chain) {
    /** TLS 1.3 (RFC 8446) and 1.2; nothing older is spoken anywhere in the lab (RFC 8996). */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    static {
        // Who may have the handshake done again and again has the server work far more than itself (CVE-2011-1473); TLS
        // 1.3 knows of no such thing.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

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
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keyManager()}, new TrustManager[] {new NobodysClients()}, null);
            // Not by SslContextBuilder: what it makes reads a certificate, a key and a key store of Netty's own first,
            // to see what the JDK can do.
            return new JdkSslContext(
                    context,
                    false,
                    null,
                    IdentityCipherSuiteFilter.INSTANCE,
                    alpn(applicationProtocols),
                    ClientAuth.NONE,
                    PROTOCOLS.toArray(String[]::new),
                    false);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("TLS cannot be set up", broken);
        }
    }

    static ApplicationProtocolConfig alpn(String... applicationProtocols) {
        return applicationProtocols.length == 0
                ? ApplicationProtocolConfig.DISABLED
                : new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.FATAL_ALERT, // RFC 7301 §3.2, where nothing is in common
                        SelectedListenerFailureBehavior.ACCEPT,
                        applicationProtocols);
    }

    /** For the JDK's own TLS, and for what is built on it. */
    public KeyManager keyManager() {
        return new OneKey(this);
    }

    /** PKCS #8 in PEM; a secret. */
    public String keyPem() {
        return Pem.key(privateKey);
    }

    public String chainPem() {
        return Pem.certificates(chain);
    }

    /**
     * SHA-256 over key and chain. Kept beside the key when both are written, it tells afterwards that neither has changed, at a hundredth of what
     * signing and verifying cost in a JVM that has just started. It proves nothing against who may write the key.
     */
    String seal() throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(privateKey.getEncoded());
        for (X509Certificate certificate : chain) {
            digest.update(certificate.getEncoded());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Whether the key is that of the first certificate. */
    boolean fitsTogether() throws GeneralSecurityException {
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(privateKey);
        signing.update(PROBE);
        Signature checking = Signature.getInstance("SHA256withECDSA");
        checking.initVerify(certificate().getPublicKey());
        checking.update(PROBE);
        return checking.verify(signing.sign());
    }

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "ServerCredential[" + certificate().getSubjectX500Principal() + "]";
    }
}
