package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import kwangmyong.gateway.content.ContentRule;
import kwangmyong.gateway.content.Keywords;
import kwangmyong.gateway.quota.Quota;
import kwangmyong.gateway.quota.QuotaConfig;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.place.Addresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What explanations hear from the gateway, held against what it does. */
final class GatewayForesightTest {
    @TempDir
    Path folder;

    private static ContentRule rule(String id, List<String> paths, Set<String> types, boolean words) {
        return new ContentRule(
                id,
                List.of(),
                Set.of(),
                paths,
                Set.of(),
                types,
                -1,
                words ? Keywords.of(List.of("forbidden")) : null,
                0,
                Presentation.Http.FORBIDDEN);
    }

    @Test
    void saysWhatTheRequestAloneSettles() throws Exception {
        try (var gateway = GatewayFixture.allowingAll()
                .with(config -> config.withContent(List.of(
                        rule("secret", List.of("/secret/"), Set.of(), false),
                        rule("words", List.of(), Set.of(), true),
                        rule("video", List.of(), Set.of("video/*"), false))))) {
            gateway.start();
            assertThat(page(gateway, 80, "/secret/x")).isEqualTo("content secret");
            assertThat(page(gateway, 80, "/?q=FORBIDDEN")).isEqualTo("content words");
            assertThat(page(gateway, 80, "/film")).isEqualTo("rule test");
            assertThat(page(gateway, 8080, "/")).isEqualTo("port test");
            assertThat(said(gateway, Action.TUNNEL, new Resource.Endpoint("kcna.kp", 22)))
                    .isEqualTo("port test");
            assertThat(said(gateway, Action.TUNNEL, new Resource.Endpoint("kcna.kp", 443)))
                    .isEqualTo("rule test");
        }
    }

    @Test
    void saysThatAQuotaIsUsedUp() throws Exception {
        var daily = new Quota("daily", List.of(), Set.of(), 4, 0, 0, Quota.Each.DAY, Presentation.Http.BLOCK_PAGE);
        try (var origin = Origin.saying(GatewayFixture.SITE, "four");
                var gateway = GatewayFixture.allowingAll()
                        .with(config -> config.withQuotas(
                                new QuotaConfig(List.of(daily), ZoneOffset.UTC, folder.resolve("quotas"))))) {
            String site = gateway.name("kcna.kp", origin);
            gateway.start();
            assertThat(page(gateway, 80, "/")).isEqualTo("rule test");
            try (var client = gateway.client()) {
                client.say("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\n\r\n")
                        .answer();
            }
            assertThat(page(gateway, 80, "/")).isEqualTo("quota-exceeded daily");
        }
    }

    @Test
    void asksForNothingToSayThatTheRequestsAreUsedUp() throws Exception {
        var daily = new Quota("daily", List.of(), Set.of(), 0, 0, 1, Quota.Each.DAY, Presentation.Http.BLOCK_PAGE);
        try (var origin = Origin.saying(GatewayFixture.SITE, "four");
                var gateway = GatewayFixture.allowingAll()
                        .with(config -> config.withQuotas(
                                new QuotaConfig(List.of(daily), ZoneOffset.UTC, folder.resolve("quotas"))))) {
            String site = gateway.name("kcna.kp", origin);
            gateway.start();
            assertThat(page(gateway, 80, "/")).isEqualTo("rule test");
            assertThat(page(gateway, 80, "/")).isEqualTo("rule test");
            try (var client = gateway.client()) {
                client.say("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\n\r\n")
                        .answer();
            }
            assertThat(page(gateway, 80, "/")).isEqualTo("quota-exceeded daily");
        }
    }

    private static String page(GatewayFixture gateway, int port, String path) {
        return said(gateway, Action.FETCH, new Resource.Page("GET", "http", "kcna.kp", port, path));
    }

    private static String said(GatewayFixture gateway, Action action, Resource resource) {
        Decision decision = gateway.foresee(new Access(
                gateway.sessions.at(Addresses.parse("10.76.20.11")),
                Layer.GATEWAY,
                action,
                resource,
                gateway.clock.now()));
        assertThat(decision.isAllowed()).isEqualTo(decision.reason() == Reason.RULE);
        return decision.reason().word() + " " + decision.rule();
    }
}
