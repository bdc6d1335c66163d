package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Seeded rubbish on the real port: every connection ends, and the next client is served as if nothing had been. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class HostileInputTest {
    private static final int CONNECTIONS = Integer.getInteger("kwm.hostile.rounds", 200);
    private static final long SEED = Long.getLong("kwm.fuzz.seed", 20_260_301L);
    private static final String[] PIECES = {
        "GET ",
        "POST ",
        "CONNECT ",
        "http://",
        "$SITE",
        "namsan.aca.kp:443",
        "/",
        " HTTP/1.1",
        " HTTP/1.0",
        "\r\n",
        "\r\n\r\n",
        "\n",
        "\r",
        "\0",
        " ",
        "Host: $SITE\r\n",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Connection: close\r\n",
        "Expect: 100-continue\r\n",
        "0\r\n\r\n",
        "3\r\nabc\r\n",
        "ffffffff\r\n",
        "\u00ff\u00fe",
        "[::1]",
        "@",
        "%00",
        "xn--a"
    };

    @Test
    void outlivesRubbish() throws Exception {
        try (var gateway = GatewayFixture.allowingAll();
                var origin = Origin.saying(GatewayFixture.SITE, "ok")) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            Random random = new Random(SEED);
            for (int i = 0; i < CONNECTIONS; i++) {
                play(gateway, rubbish(random, site), i);
            }
            try (var client = gateway.client()) {
                client.say("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
                assertThat(client.answer()).endsWith("\r\n\r\nok");
            }
        }
    }

    private static void play(GatewayFixture gateway, String rubbish, int round) {
        try (var client = gateway.client()) {
            client.say(rubbish);
            client.socket.shutdownOutput();
            client.rest(); // ends, or the read times out and fails the test
        } catch (SocketTimeoutException stuck) {
            throw new AssertionError("seed " + SEED + ", round " + round + " is stuck: " + rubbish, stuck);
        } catch (IOException reset) {
            // a refused client may be reset: its rubbish was not read to the end
        }
    }

    private static String rubbish(Random random, String site) {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(3) > 0) {
            text.append("POST http://$SITE/ HTTP/1.1\r\nHost: $SITE\r\n");
        }
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        if (random.nextInt(8) == 0) {
            byte[] noise = new byte[random.nextInt(4_000)];
            random.nextBytes(noise);
            text.append(new String(noise, StandardCharsets.ISO_8859_1));
        }
        return text.toString().replace("$SITE", site);
    }
}
