package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
}
