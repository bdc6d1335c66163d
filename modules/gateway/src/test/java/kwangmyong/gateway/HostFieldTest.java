package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.HeadReader;
import kwangmyong.gateway.http.HttpLimits;
import kwangmyong.gateway.http.RequestHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9112 §3.2: a Host that says what the target does is read once, and no ill-formed one slips past that way. */
final class HostFieldTest {
    @Test
    void aHostThatSaysTheAuthorityIsAsGoodAsIt() throws BadMessage {
        assertThat(target("GET", "http://kcna.kp:80/a?b", "kcna.kp:80")).isInstanceOf(Target.Page.class);
        assertThat(target("CONNECT", "kcna.kp:443", "kcna.kp:443")).isInstanceOf(Target.Tunnel.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /x, /x",
        "OPTIONS, *, *",
        "GET, http://kcna.kp/x, kcna.kp/x",
        "GET, http://kcna.kp?x, kcna.kp?x",
        "GET, http://a@kcna.kp/, a@kcna.kp",
        "GET, http://127.1/, 127.1",
        "GET, http://kcna.kp:0/, kcna.kp:0",
        "CONNECT, a@kcna.kp:443, a@kcna.kp:443",
    })
    void anIllFormedOneIsRefusedThoughTheTargetSaysTheSame(String method, String target, String host) {
        assertThatThrownBy(() -> target(method, target, host))
                .isInstanceOfSatisfying(
                        BadMessage.class, bad -> assertThat(bad.status()).isEqualTo(400));
    }

    private static Target target(String method, String target, String host) throws BadMessage {
        String head = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        RequestHead read =
                new HeadReader(HttpLimits.DEFAULT).request(Unpooled.copiedBuffer(head, StandardCharsets.ISO_8859_1));
        assertThat(read).isNotNull();
        return Target.of(java.util.Objects.requireNonNull(read));
    }
}
