package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WebSocket (RFC 6455) through plain requests, and what is no upgrade. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class UpgradeTest {
    private static final String AGREED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    private GatewayFixture gateway;

    @BeforeEach
    void make() {
        gateway = GatewayFixture.allowingAll();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private static String ask(String site, String... fields) {
        return "GET http://" + site + "/chat HTTP/1.1\r\nHost: " + site
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + String.join("\r\n", fields) + "\r\n\r\n";
    }

    /** Agrees, says "hello" in the same breath, then echoes. */
    private static void echo(Origin.Visit visit) throws java.io.IOException {
        if (visit.head() == null) {
            return;
        }
        visit.say(AGREED + "hello");
        int octet;
        while ((octet = visit.in.read()) >= 0) {
            visit.out.write(octet);
            visit.out.flush();
        }
    }

    @Test
    void carriesAWebSocketBothWays() throws Exception {
        try (var origin = new Origin(GatewayFixture.SITE, UpgradeTest::echo)) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say(ask(site, "Connection: keep-alive, Upgrade", "Upgrade: websocket") + "early");
                assertThat(client.head())
                        .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                        .contains("Connection: Upgrade\r\n", "Upgrade: websocket\r\n", "Sec-WebSocket-Accept: s3pP");
                assertThat(Client.text(client.in.readNBytes(10))).isEqualTo("helloearly");
                client.say("\0\1\2");
                assertThat(client.in.readNBytes(3)).containsExactly(0, 1, 2);
                client.socket.shutdownOutput();
                assertThat(client.rest()).isEmpty();
            }
            assertThat(origin.heads().get(0)).contains("Connection: Upgrade\r\n", "Upgrade: websocket\r\n");
        }
    }

    @Test
    void cutsAWebSocketThatNoLongerStands() throws Exception {
        try (var origin = new Origin(GatewayFixture.SITE, UpgradeTest::echo)) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say(ask(site, "Connection: Upgrade", "Upgrade: websocket"));
                client.head();
                client.in.readNBytes(5);
                gateway.policy.become(access -> ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE));
                assertThat(client.rest()).isEmpty();
            }
        }
    }

    @Test
    void takesAnUnaskedOrUnlikeSwitchForABadAnswer() throws Exception {
        for (String answer : new String[] {
            AGREED.replace("websocket", "h2c"),
            AGREED.replace("Upgrade: websocket\r\n", ""),
            AGREED.replace("Connection: Upgrade\r\n", "")
        }) {
            try (var fresh = GatewayFixture.allowingAll();
                    var origin = new Origin(GatewayFixture.SITE, visit -> {
                        visit.head();
                        visit.say(answer);
                    })) {
                String site = fresh.name("namsan.aca.kp", origin);
                fresh.start();
                try (var client = fresh.client()) {
                    client.say(ask(site, "Connection: Upgrade", "Upgrade: websocket"));
                    assertThat(client.answer()).startsWith("HTTP/1.1 502 ");
                }
            }
        }
    }

    @Test
    void passesARefusalToUpgradeOn() throws Exception {
        try (var origin = Origin.saying(GatewayFixture.SITE, "no")) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                for (int i = 0; i < 2; i++) {
                    client.say(ask(site, "Connection: Upgrade", "Upgrade: websocket"));
                    assertThat(client.answer()).startsWith("HTTP/1.1 200 ").endsWith("no");
                }
            }
        }
    }

    @Test
    void leavesOutEveryOtherUpgrade() throws Exception {
        try (var origin = Origin.saying(GatewayFixture.SITE, "ok")) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say(ask(site, "Connection: Upgrade", "Upgrade: h2c, websocket")
                        + ask(site, "Upgrade: websocket")
                        + ask(site, "Connection: Upgrade", "Upgrade: websocket").replace("GET", "POST"));
                for (int i = 0; i < 3; i++) {
                    assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
                }
            }
            assertThat(origin.heads()).noneMatch(head -> head.contains("Upgrade: "));
        }
    }
}
