package kwangmyong.web.server;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The JDK's TLS for servers that ask no client for a certificate. Vert.x's own way reads the system's authorities and a key store of Netty's first,
 * which is a good part of a cold start.
 */
final class QuickTls extends JdkSSLEngineOptions {
    @Override
    public JdkSSLEngineOptions copy() {
        return new QuickTls();
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new Factory();
    }

    private static final class Factory implements SslContextFactory {
        private KeyManager[] keys = {};
        private String[] protocols = {};

        @Override
        public SslContextFactory keyMananagerFactory(KeyManagerFactory factory) {
            keys = factory.getKeyManagers();
            return this;
        }

        @Override
        public SslContextFactory enabledProtocols(Set<String> enabled) {
            protocols = enabled.toArray(String[]::new);
            return this;
        }

        @Override
        public SslContext create() throws SSLException {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys, new TrustManager[] {new Nobody()}, null);
                return new JdkSslContext(
                        context,
                        false,
                        null,
                        IdentityCipherSuiteFilter.INSTANCE,
                        ApplicationProtocolConfig.DISABLED,
                        ClientAuth.NONE,
                        protocols,
                        false);
            } catch (GeneralSecurityException broken) {
                throw new SSLException("TLS cannot be set up", broken);
            }
        }
    }

    /** No certificate of a client is asked for, and none is trusted. */
    private static final class Nobody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("no certificate of a client is trusted here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this is a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
