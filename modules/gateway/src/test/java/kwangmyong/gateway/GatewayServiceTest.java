package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class GatewayServiceTest {
    @Test
    void fetchesWhatIsAllowed() throws Exception {
        try (var gateway = GatewayFixture.allowingAll();
                var origin = Origin.saying(GatewayFixture.SITE, "hello")) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say(
                        "GET http://" + site
                                + "/a?b HTTP/1.1\r\nHost: elsewhere.kp\r\nKwm-Asker: forged\r\nConnection: X-Gone\r\nX-Gone: 1\r\nX-Kept: 2\r\n\r\n");
                assertThat(client.answer())
                        .startsWith("HTTP/1.1 200 OK\r\n")
                        .contains("Via: 1.1 kwangmyong\r\n")
                        .endsWith("\r\n\r\nhello");
                client.say("GET http://" + site + "/c HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
                assertThat(client.answer()).endsWith("hello");
            }
            assertThat(origin.heads().get(0))
                    .startsWith("GET /a?b HTTP/1.1\r\nHost: " + site + "\r\n")
                    .contains("X-Kept: 2\r\n")
                    .doesNotContain("X-Gone", "forged", "Connection:");
            assertThat(origin.connections()).isEqualTo(1);
            assertThat(gateway.journal.events()).hasSize(2);
            assertThat(gateway.journal.events().get(0).resource()).hasToString("GET http://" + site + "/a?b");
        }
    }

    @Test
    void showsTheBlockPage() throws Exception {
        try (var gateway = new GatewayFixture(
                                access -> ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE))
                        .start();
                var client = gateway.client()) {
            client.say("GET http://dailynk.com/<script> HTTP/1.1\r\nHost: dailynk.com\r\n\r\n");
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 451 Unavailable For Legal Reasons\r\n")
                    .contains("Link: <http://portal.kp/denials>; rel=\"blocked-by\"\r\n")
                    .contains("no rule allows it", "이를 허용하는 규칙이 없습니다", "&lt;script&gt;")
                    .doesNotContain("<script>");
            client.say("GET http://dailynk.com/ HTTP/1.1\r\nHost: dailynk.com\r\nAccept: application/json\r\n\r\n");
            assertThat(client.answer()).contains("application/problem+json").contains("\"reason\":\"no-rule\"");
        }
    }

    @Test
    void opensTunnelsAndCutsThemWhenTheRulesChange() throws Exception {
        try (var gateway = GatewayFixture.allowingAll();
                var origin = new Origin(GatewayFixture.SITE, visit -> {
                    int octet;
                    while ((octet = visit.in.read()) >= 0) {
                        visit.out.write(octet + 1);
                    }
                    visit.say("bye");
                })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            String connect = "CONNECT " + site + " HTTP/1.1\r\nHost: " + site + "\r\n\r\n";
            try (var client = gateway.client()) {
                client.say(connect + "a");
                assertThat(client.head()).startsWith("HTTP/1.1 200 ");
                assertThat(client.in.read()).isEqualTo('b');
                client.socket.shutdownOutput();
                assertThat(client.rest()).isEqualTo("bye");
            }
            try (var client = gateway.client()) {
                client.say(connect);
                assertThat(client.head()).startsWith("HTTP/1.1 200 ");
                client.say("y");
                assertThat(client.in.read()).isEqualTo('z');
                gateway.policy.become(access -> ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE));
                assertThat(client.rest()).isEmpty();
            }
            var last = gateway.journal.events().get(gateway.journal.events().size() - 1);
            assertThat(last.action()).isEqualTo(Action.TUNNEL.word());
            assertThat(last.decision()).isNotNull().matches(decision -> !decision.isAllowed());
        }
    }

    @Test
    void ofAHeavyTunnelALineTellsWhenItHasEnded() throws Exception {
        int length = (int) Weight.TOLD_FROM + 1;
        try (var gateway = GatewayFixture.allowingAll();
                var origin = new Origin(GatewayFixture.SITE, visit -> {
                    visit.in.read();
                    visit.out.write(new byte[length]);
                })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say("CONNECT " + site + " HTTP/1.1\r\nHost: " + site + "\r\n\r\na");
                assertThat(client.head()).startsWith("HTTP/1.1 200 ");
                assertThat(client.in.readAllBytes().length).isEqualTo(length);
            }
            await().untilAsserted(() -> assertThat(gateway.journal.events()).anySatisfy(ended -> {
                assertThat(ended.action()).isEqualTo("flow-ended");
                assertThat(ended.resource()).hasToString(site);
                assertThat(ended.detail()).matches("sent \\d, received " + length + ", 0\\.0 bits an octet");
            }));
        }
    }
}
