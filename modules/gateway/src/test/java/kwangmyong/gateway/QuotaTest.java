package kwangmyong.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import kwangmyong.gateway.quota.Quota;
import kwangmyong.gateway.quota.QuotaConfig;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much subjects may use, by the lab's clock. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // start comes first
final class QuotaTest {
    private static final String BODY = "0123456789".repeat(10);

    @TempDir
    Path folder;

    private GatewayFixture gateway;
    private Origin origin;
    private String site;
    private String other;

    private void start(long octets, int minutes) throws Exception {
        start(octets, minutes, 0);
    }

    private void start(long octets, int minutes, int requests) throws Exception {
        var quota = new Quota(
                "daily",
                List.of(new NamePattern("kcna.kp")),
                Set.of("academic", "trader"),
                octets,
                minutes,
                requests,
                Quota.Each.DAY,
                Presentation.Http.BLOCK_PAGE);
        gateway = GatewayFixture.allowingAll()
                .with(config ->
                        config.withQuotas(new QuotaConfig(List.of(quota), ZoneOffset.UTC, folder.resolve("quotas"))));
        gateway.sessions.with("trader", "10.76.20.12");
        origin = Origin.saying(GatewayFixture.SITE, BODY);
        site = gateway.name("kcna.kp", origin);
        other = gateway.name("namsan.aca.kp", origin);
        gateway.start();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private String get(String authority, String terminal) throws IOException {
        try (Client client = Client.from(terminal, gateway.address())) {
            return client.say("GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                    .answer();
        }
    }

    private String get() throws IOException {
        return get(site, GatewayFixture.TERMINAL);
    }

    private void isDenied() throws IOException {
        assertThat(get())
                .startsWith("HTTP/1.1 451 ")
                .contains("<code>daily</code>", Reason.QUOTA_EXCEEDED.explanation());
        assertThat(gateway.journal.events()).anySatisfy(event -> {
            assertThat(requireNonNull(event.decision()).reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
            assertThat(requireNonNull(event.decision()).rule()).isEqualTo("daily");
        });
    }

    @Test
    void isUsedUpByOctetsUntilTheNextDay() throws Exception {
        start(2L * BODY.length(), 0);
        assertThat(get()).endsWith(BODY);
        assertThat(get()).endsWith(BODY);

        isDenied();
        gateway.clock.advance(Duration.ofHours(14));
        isDenied();
        gateway.clock.advance(Duration.ofHours(1));
        assertThat(get()).endsWith(BODY);
    }

    @Test
    void isEachSubjectsOwnAndOnlyOfTheHostsItNames() throws Exception {
        start(BODY.length(), 0);
        assertThat(get()).endsWith(BODY);

        isDenied();
        assertThat(get(other, GatewayFixture.TERMINAL)).endsWith(BODY);
        assertThat(get(site, "127.76.20.12")).endsWith(BODY);
    }

    @Test
    void isUsedUpByMinutesInWhichAnythingPasses() throws Exception {
        start(0, 2);
        get();
        get();
        gateway.clock.advance(Duration.ofMinutes(10));
        assertThat(get()).endsWith(BODY);
        gateway.clock.advance(Duration.ofSeconds(59));
        assertThat(get()).as("the last minute may be used to its end").endsWith(BODY);
        gateway.clock.advance(Duration.ofSeconds(1));
        isDenied();
    }

    @Test
    void isUsedUpByRequestsUntilTheNextDay() throws Exception {
        start(0, 0, 2);
        assertThat(get()).endsWith(BODY);
        assertThat(get()).endsWith(BODY);
        isDenied();
        isDenied();
        assertThat(get(other, GatewayFixture.TERMINAL)).endsWith(BODY);
        assertThat(get(site, "127.76.20.12")).endsWith(BODY);
        gateway.clock.advance(Duration.ofHours(15));
        assertThat(get()).endsWith(BODY);
    }

    @Test
    void letsTheLastRequestGoOnToItsEnd() throws Exception {
        start(0, 0, 1);
        try (Client client = gateway.client()) {
            client.say("CONNECT " + site + " HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            gateway.policy.become(access -> ScriptedPolicy.allow("test"));
            isDenied();
            client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith(BODY);
        }
    }

    @Test
    void remembersRequestsAndReadsWhatWasKeptBeforeTheyWereCounted() throws Exception {
        long today = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond();
        Files.writeString(folder.resolve("quotas"), "daily academic " + today + " 100 1 0\n");
        start(0, 0, 1);
        assertThat(get()).endsWith(BODY);
        gateway.close();
        origin.close();

        start(0, 0, 1);
        isDenied();
    }

    @Test
    void breaksATunnelOffInWhichItIsUsedUp() throws Exception {
        start(1_000, 0);
        try (Client client = gateway.client()) {
            client.say("CONNECT " + site + " HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            client.say(("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(1_000) + "\r\n\r\n").repeat(2));
            client.in.readAllBytes(); // to the end, which the gateway makes
        }
        isDenied();
    }

    @Test
    void breaksATunnelOffThatGoesOnPastTheLastMinute() throws Exception {
        start(0, 2);
        try (Client client = gateway.client()) {
            client.say("CONNECT " + site + " HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            gateway.clock.advance(Duration.ofMinutes(1));
            client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith(BODY);
            gateway.clock.advance(Duration.ofMinutes(1));
            client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            client.in.readAllBytes(); // to the end, which the gateway makes
        }
        isDenied();
    }

    @Test
    void isEverybodysAgainWhenTheGatewayForgets() throws Exception {
        start(BODY.length(), 0);
        get();
        isDenied();
        gateway.service().forget();
        assertThat(get()).endsWith(BODY);
    }

    @Test
    void outlivesTheGateway() throws Exception {
        start(BODY.length(), 0);
        get();
        await().until(() -> Files.exists(folder.resolve("quotas")));
        gateway.close();
        origin.close();

        start(BODY.length(), 0);
        isDenied();
    }
}
