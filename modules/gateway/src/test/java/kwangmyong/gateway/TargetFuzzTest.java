package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.HeadReader;
import kwangmyong.gateway.http.HttpLimits;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the gateway reads of a request's head, damaged: understood, or refused with a status of its own. */
@Tag("fuzz")
final class TargetFuzzTest {
    private static final int ROUNDS = 20_000;

    @Test
    void anyTargetIsOneOrABadMessage() {
        SeededFuzz.ofTexts(
                        ROUNDS,
                        "http://kcna.kp/a?b=c",
                        "kcna.kp:443",
                        "http://[fd00:76::1]:80/",
                        "https://kcna.kp/a",
                        "http://xn--6i4bt7k.kp:8080",
                        "/path",
                        "*",
                        "http://조선.kp/")
                .tryAll(StandardCharsets.ISO_8859_1, text -> {
                    understand("GET " + text + " HTTP/1.1\r\nHost: a.kp\r\n\r\n");
                    understand("CONNECT " + text + " HTTP/1.1\r\nHost: a.kp\r\n\r\n");
                });
    }

    @Test
    void anyFieldsAreUnderstoodOrABadMessage() {
        SeededFuzz.ofTexts(
                        ROUNDS,
                        "Host: a.kp:80\r\nAccept: text/html;q=0.5, application/json;q=0.9\r\nMax-Forwards: 3\r\n",
                        "Host: [fd00::1]:80\r\nContent-Length: 3\r\nContent-Length: 3\r\n",
                        "Host: a\r\nTransfer-Encoding: gzip, chunked\r\nConnection: close, x\r\n")
                .tryAll(
                        StandardCharsets.ISO_8859_1,
                        text -> understand("OPTIONS http://a.kp/ HTTP/1.1\r\n" + text + "\r\n"));
    }

    @Test
    void anyHostHasOneForm() {
        SeededFuzz.ofTexts(ROUNDS, "KCNA.kp.", "[::ffff:10.0.0.1]", "xn--6i4bt7k.kp", "조선.kp", "0x7f.1", "10.76.0.1")
                .tryAll(StandardCharsets.ISO_8859_1, text -> {
                    try {
                        String host = HostName.parse(text);
                        String again = host.indexOf(':') < 0 ? host : "[" + host + "]";
                        assertThat(HostName.parse(again)).isEqualTo(host);
                    } catch (BadMessage refused) {
                        assertThat(refused.status()).isEqualTo(400);
                    }
                });
    }

    @Test
    void anyProxyAuthorizationIsCredentialsOrNone() {
        String pair = Base64.getEncoder().encodeToString("academic:김책".getBytes(StandardCharsets.UTF_8));
        SeededFuzz.ofTexts(ROUNDS, "Basic " + pair, "basic YTpi", "Bearer x", "Basic ====")
                .tryAll(StandardCharsets.ISO_8859_1, text -> {
                    Credentials credentials = Credentials.parse(text);
                    assertThat(credentials == null || credentials.name().indexOf(':') < 0)
                            .isTrue();
                });
    }

    private static void understand(String message) {
        ByteBuf octets = Unpooled.wrappedBuffer(message.getBytes(StandardCharsets.ISO_8859_1));
        try {
            RequestHead head = new HeadReader(HttpLimits.DEFAULT).request(octets);
            if (head != null) {
                Framing.ofRequest(head);
                Accept.prefersJson(head.fields());
                MaxForwards.concerns(head);
                if (head.target().startsWith("https:")) {
                    assertThat(Target.within(head).resource()).asString().contains("https://");
                } else if (Target.of(head) instanceof Target.Remote remote) {
                    assertThat(remote.host()).isNotEmpty().matches("[!-~&&[^A-Z]]+");
                    assertThat(remote.port()).isBetween(1, 65_535);
                }
            }
        } catch (BadMessage refused) {
            assertThat(refused.status()).isBetween(400, 505);
        }
    }
}
