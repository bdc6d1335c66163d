package kwangmyong.net.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Whom a TLS client of the lab's believes.
 *
 * @param authorities and nobody else: what the machine itself trusts does not count
 */
public record Trust(List<X509Certificate> authorities) {
    public Trust {
        authorities = List.copyOf(authorities);
    }

    /**
     * For Netty, on the JDK's TLS. A host must show a certificate for the name that a handler is made for (RFC 9110 §4.3.4), at a time of
     * the machine's clock when it holds. Dear to make: make one a service.
     *
     * @param applicationProtocol the one offered by ALPN (RFC 7301)
     */
    public SslContext nettyClient(String applicationProtocol) {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .trustManager(authorities.toArray(X509Certificate[]::new))
                    .protocols(ServerCredential.PROTOCOLS)
                    .endpointIdentificationAlgorithm("HTTPS")
                    .applicationProtocolConfig(ServerCredential.alpn(applicationProtocol))
                    .build();
        } catch (SSLException broken) {
            throw new IllegalStateException("TLS cannot be set up", broken);
        }
    }
}
