package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the proxy's port over TLS does with those who never get as far as TLS. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SecretPortTest {
    private static final int AT_ONCE_MILLIS = 5_000; // the handshake itself may take 10 seconds

    @Test
    void whoHangsUpInTheMiddleOfAHandshakeIsLetGoAtOnce(@TempDir Path folder) throws Exception {
        try (var gateway = GatewayFixture.allowingAll()) {
            gateway.overTls(folder);
            gateway.start();
            for (byte[] begun : new byte[][] {{}, {22, 3, 1}, {22, 3, 1, 1, 0, 1}}) {
                try (var client = new Socket()) {
                    client.connect(gateway.tlsAddress());
                    client.setSoTimeout(AT_ONCE_MILLIS);
                    client.getOutputStream().write(begun);
                    client.shutdownOutput();

                    assertThat(client.getInputStream().readAllBytes()).isEmpty();
                }
            }
        }
    }

    @Test
    void whoWantsAnotherHandshakeOrAnotherProtocolIsRefused(@TempDir Path folder) throws Exception {
        try (var gateway = GatewayFixture.allowingAll()) {
            gateway.overTls(folder);
            gateway.start();
            try (var client = secret(gateway, "TLSv1.2", "http/1.1")) {
                client.startHandshake();
                assertThat(client.getApplicationProtocol()).isEqualTo("http/1.1");
                assertThatThrownBy(() -> {
                            client.startHandshake();
                            client.getInputStream().read();
                        })
                        .isInstanceOf(SSLException.class);
            }
            try (var client = secret(gateway, "TLSv1.3", "imap")) {
                assertThatThrownBy(client::startHandshake).hasMessageContaining("no_application_protocol");
            }
        }
    }

    @Test
    void whatAClientDoesToItsTlsIsNoFaultOfTheGateway() {
        assertThat(ClientHandler.isOfTheClient(new DecoderException(new SSLException("bad record MAC"))))
                .isTrue();
        assertThat(ClientHandler.isOfTheClient(new DecoderException(new IllegalStateException("a bug"))))
                .isFalse();
    }

    private static SSLSocket secret(GatewayFixture gateway, String version, String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        SSLSocket client = (SSLSocket) context.getSocketFactory().createSocket();
        client.connect(gateway.tlsAddress());
        client.setSoTimeout(AT_ONCE_MILLIS);
        client.setEnabledProtocols(new String[] {version});
        SSLParameters parameters = client.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        client.setSSLParameters(parameters);
        return client;
    }
}
