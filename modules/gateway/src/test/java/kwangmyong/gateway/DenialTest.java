package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.clearance.Classification;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks, how a denial looks, and what happens when either changes. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class DenialTest {
    private static final String ASK = "GET http://dailynk.com/ HTTP/1.1\r\nHost: dailynk.com\r\n\r\n";

    private static GatewayFixture denying(Presentation presentation) throws Exception {
        return new GatewayFixture(access -> ScriptedPolicy.deny(Reason.NO_RULE, presentation)).start();
    }

    @Test
    void showsWhatWasNeededAndHeld() throws Exception {
        Decision decision = new Decision(
                Verdict.DENY,
                "world",
                Reason.CLEARANCE,
                new Classification(0, 2),
                new Clearance(1, 1),
                Presentation.Http.BLOCK_PAGE,
                "0123456789abcdef");
        try (var gateway = new GatewayFixture(access -> decision).start();
                var client = gateway.client()) {
            client.say(ASK);
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 451 ")
                    .contains("Content-Language: ko, en\r\n", "Cache-Control: no-store\r\n", "http://portal.kp/denials")
                    .contains(
                            "<code>resident+world</code>",
                            "<code>cleared+library</code>",
                            "<code>world</code>",
                            "academic");
        }
    }

    @Test
    void presentsEachDenialInItsWay() throws Exception {
        for (var expected : new Object[][] {
            {Presentation.Http.FORBIDDEN, "HTTP/1.1 403 "},
            {Presentation.Http.NOT_FOUND, "HTTP/1.1 404 "},
            {Presentation.Http.LOG_IN_NEEDED, "HTTP/1.1 511 "},
            {Presentation.Dns.NXDOMAIN, "HTTP/1.1 451 "}
        }) {
            try (var gateway = denying((Presentation) expected[0]);
                    var client = gateway.client()) {
                client.say(ASK + ASK);
                assertThat(client.answer()).startsWith((String) expected[1]);
                assertThat(client.answer()).as("the connection is kept").startsWith((String) expected[1]);
            }
        }
    }

    @Test
    void resets() throws Exception {
        try (var gateway = denying(Presentation.Http.RESET);
                var client = gateway.client()) {
            client.say(ASK);
            assertThatThrownBy(client::head).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
    }

    @Test
    void hangs() throws Exception {
        try (var gateway = denying(Presentation.Http.HANG);
                var client = gateway.client()) {
            client.socket.setSoTimeout(400);
            client.say(ASK);
            assertThatThrownBy(client::head).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void redirectsPagesToThePortal() throws Exception {
        try (var gateway = denying(Presentation.Http.REDIRECT);
                var client = gateway.client()) {
            client.say(ASK);
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 302 Found\r\n")
                    .contains("Location: http://portal.kp/denials\r\n", "Content-Length: 0\r\n");
            client.say("CONNECT dailynk.com:443 HTTP/1.1\r\nHost: dailynk.com\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 451 ");
        }
    }

    @Test
    void closesWithoutAnOctet() throws Exception {
        try (var gateway = denying(Presentation.Http.CLOSE);
                var client = gateway.client()) {
            client.say(ASK);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void answersWithNothing() throws Exception {
        try (var gateway = denying(Presentation.Http.EMPTY);
                var client = gateway.client()) {
            client.say(ASK + "CONNECT dailynk.com:443 HTTP/1.1\r\nHost: dailynk.com\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 Connection established\r\n");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void trickles() throws Exception {
        try (var gateway = denying(Presentation.Http.THROTTLE);
                var client = gateway.client()) {
            client.say(ASK);
            assertThat(Client.text(client.in.readNBytes(16))).isEqualTo("HTTP/1.1 451 Una");
            assertThat(client.in.available()).isLessThanOrEqualTo(16);
            assertThat(Client.text(client.in.readNBytes(16))).isEqualTo("vailable For Leg");
        }
    }

    @Test
    void leadsNobodyToThePortal() throws Exception {
        try (var gateway = denying(Presentation.Http.LOG_IN_NEEDED);
                var client = gateway.client()) {
            client.say(ASK);
            assertThat(client.answer()).contains("<meta http-equiv=\"refresh\" content=\"2; url=http://portal.kp/\">");
        }
    }

    private static Decision leaderOnly(Access access) {
        return "leader".equals(access.who().subject())
                ? ScriptedPolicy.allow("world")
                : ScriptedPolicy.deny(Reason.CLEARANCE, Presentation.Http.BLOCK_PAGE);
    }

    private static String with(String credentials, String site) {
        return "GET http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\nProxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)) + "\r\n\r\n";
    }

    @Test
    void believesProxyCredentials() throws Exception {
        try (var gateway = new GatewayFixture(DenialTest::leaderOnly);
                var origin = Origin.saying(GatewayFixture.SITE, "ok")) {
            String site = gateway.name("example.com", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say(with("leader:wrong", site));
                assertThat(client.answer())
                        .startsWith("HTTP/1.1 407 ")
                        .contains("Proxy-Authenticate: Basic realm=\"Kwangmyong Lab\", charset=\"UTF-8\"\r\n");
                client.say(with("leader:leader-demo", site));
                assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
                client.say("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
                assertThat(client.answer())
                        .as("credentials are for one request")
                        .startsWith("HTTP/1.1 451 ");
            }
            assertThat(origin.heads().get(0)).doesNotContain("Proxy-Authorization");
        }
    }

    @Test
    void cutsAnAnswerInTheMiddleWhenItsSessionEnds() throws Exception {
        try (var gateway = GatewayFixture.allowingAll();
                var origin = new Origin(GatewayFixture.SITE, visit -> {
                    visit.head();
                    visit.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
                    visit.in.read();
                })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
                client.head();
                assertThat(client.in.readNBytes(3)).hasSize(3);
                gateway.sessions.logOut(kwangmyong.kernel.place.Addresses.parse("10.76.20.11"));
                gateway.policy.become(access -> ScriptedPolicy.allow("test"));
                assertThat(client.rest()).isEmpty();
                await().until(() -> gateway.journal.events().size() == 2);
                assertThat(gateway.journal.events().get(1).decision())
                        .isNotNull()
                        .extracting(Decision::reason)
                        .isEqualTo(Reason.SESSION_ENDED);
            }
        }
    }

    @Test
    void answersWithTheDenialWhenRulesChangeBeforeTheHostAnswers() throws Exception {
        try (var gateway = GatewayFixture.allowingAll();
                var origin = new Origin(GatewayFixture.SITE, visit -> {
                    visit.head();
                    visit.in.read();
                })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
                await().until(() -> !origin.heads().isEmpty());
                gateway.policy.become(access -> ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE));
                assertThat(client.answer()).startsWith("HTTP/1.1 451 ");
                assertThat(client.rest()).isEmpty();
            }
        }
    }

    private static GatewayConfig hasty(GatewayConfig config) {
        Duration soon = Duration.ofMillis(500);
        Duration ample = GatewayConfig.Timeouts.DEFAULT.connect();
        return config.withTimeouts(new GatewayConfig.Timeouts(soon, soon, soon, ample, soon, soon, soon));
    }

    @Test
    void waitsForNobodyForEver() throws Exception {
        try (var gateway = GatewayFixture.allowingAll().with(DenialTest::hasty);
                var origin = new Origin(GatewayFixture.SITE, visit -> {
                    visit.head();
                    visit.in.readAllBytes();
                })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            String head = " http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\n";
            try (var silent = gateway.client();
                    var slow = gateway.client();
                    var stingy = gateway.client();
                    var waiting = gateway.client();
                    var tunnel = gateway.client()) {
                slow.say("GET" + head);
                stingy.say("POST" + head + "Content-Length: 5\r\n\r\na");
                waiting.say("GET" + head + "\r\n");
                tunnel.say("CONNECT " + site + " HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
                assertThat(slow.head()).startsWith("HTTP/1.1 408 ");
                assertThat(stingy.head()).startsWith("HTTP/1.1 408 ");
                assertThat(waiting.answer()).startsWith("HTTP/1.1 504 ");
                assertThat(tunnel.head()).startsWith("HTTP/1.1 200 ");
                assertThat(tunnel.rest()).isEmpty();
                assertThat(silent.rest()).isEmpty();
                assertThat(waiting.rest()).isEmpty();
            }
        }
    }

    @Test
    void turnsAwayWhomThereIsNoRoomFor() throws Exception {
        try (var gateway = GatewayFixture.allowingAll()
                        .with(config -> config.withCapacity(new GatewayConfig.Capacity(1, 1, 1, 0, 0)))
                        .start();
                var first = gateway.client()) {
            first.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            first.answer();
            try (var second = gateway.client()) {
                assertThat(second.answer()).startsWith("HTTP/1.1 503 ");
                assertThat(second.rest()).isEmpty();
            }
        }
    }
}
