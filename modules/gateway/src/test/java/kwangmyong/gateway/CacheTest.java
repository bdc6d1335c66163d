package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kwangmyong.gateway.cache.CacheConfig;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache, seen from both sides of a gateway. Each answer of the host says how many it has given. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // start comes first
class CacheTest {
    private static final String OTHER_TERMINAL = "127.76.20.12";
    private static final String WORLD = "203.0.113.9";
    private static final int LARGEST = 2_000;

    @TempDir
    Path folder;

    private GatewayFixture gateway;
    private Origin origin;
    private String site;

    /** A host at an address that is, or is not, told who asks. */
    private void start(String fields, String address) throws Exception {
        origin = new Origin(address.equals(WORLD) ? "127.0.113.9" : GatewayFixture.SITE, visit -> {
            while (visit.head() != null) {
                String body = "answer " + origin.heads().size();
                visit.say("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            }
        });
        gateway = new GatewayFixture(access -> ScriptedPolicy.allow("test"))
                .with(config -> config.withCache(
                        new CacheConfig(folder, List.of(new NamePattern(".kcna.kp")), 4_000, LARGEST)));
        gateway.sessions.with("trader", "10.76.20.12");
        site = gateway.name("kcna.kp", origin, address);
        gateway.name("uncached.kp", origin, address);
        gateway.start();
    }

    private void start(String fields) throws Exception {
        start(fields, WORLD);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private String get(String more) throws IOException {
        return get(site, "/", more, GatewayFixture.TERMINAL);
    }

    private String get(String authority, String path, String more, String terminal) throws IOException {
        try (Client client = Client.from(terminal, gateway.address())) {
            return client.say("GET http://" + authority + path + " HTTP/1.1\r\nHost: " + authority + "\r\n" + more
                            + "\r\n")
                    .answer();
        }
    }

    /** Asks once, and waits until the answer is on disk. */
    private void fill() throws IOException {
        get("");
        await().until(() -> bodies() > 0);
    }

    private long bodies() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void servesAFreshAnswerWithItsAgeUntilItIsStale() throws Exception {
        start("Cache-Control: max-age=60\r\nETag: \"a\"\r\n");
        fill();
        gateway.clock.advance(Duration.ofSeconds(20));

        assertThat(get(""))
                .contains("answer 1")
                .contains("age: 20\r\n")
                .contains("etag: \"a\"")
                .contains("Via: ");
        gateway.clock.advance(Duration.ofSeconds(40));
        assertThat(get("")).contains("answer 2");
        assertThat(origin.heads()).hasSize(2);
    }

    @Test
    void isEmptyAfterTheGatewayForgets() throws Exception {
        start("Cache-Control: max-age=60\r\n");
        fill();
        assertThat(get("")).contains("answer 1");
        gateway.service().forget();
        assertThat(get("")).contains("answer 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Cache-Control: no-store, max-age=60\r\n",
                "Cache-Control: private, max-age=60\r\n",
                "Cache-Control: private=\"set-cookie\", max-age=60\r\n",
                "Cache-Control: no-cache, max-age=60\r\n",
                "Cache-Control: max-age=60, s-maxage=0\r\n",
                "Cache-Control: max-age=60, max-age=90\r\n",
                "Cache-Control: max-age=soon\r\n",
                "Cache-Control: max-age=60\r\nAge: 60\r\n",
                "Cache-Control: max-age=60\r\nSet-Cookie: who=academic\r\n",
                "Cache-Control: max-age=60\r\nVary: *\r\n",
                "Expires: 0\r\n"
            })
    void keepsNothingThatIsNotForOthers(String fields) throws Exception {
        start(fields);

        assertThat(get("")).contains("answer 1");
        assertThat(get("")).contains("answer 2");
        assertThat(bodies()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Basic YTpi\r\n", "Cookie: who=academic\r\n", "Cache-Control: no-store\r\n"})
    void keepsNoAnswerToAPersonalRequest(String asked) throws Exception {
        start("Cache-Control: max-age=60\r\n");

        get(asked);

        assertThat(get("")).contains("answer 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cache-Control: no-cache\r\n",
                "Pragma: no-cache\r\n",
                "Cache-Control: max-age=5\r\n",
                "Cache-Control: min-fresh=55\r\n"
            })
    void asksTheHostWhereTheClientWantsItTo(String asked) throws Exception {
        start("Cache-Control: max-age=60\r\n");
        fill();
        gateway.clock.advance(Duration.ofSeconds(10));

        assertThat(get(asked)).contains("answer 2");
    }

    @Test
    void keepsTheVariantsOfAPageApart() throws Exception {
        start("Cache-Control: max-age=60\r\nVary: Accept-Language\r\n");
        get("Accept-Language: ko\r\n");
        await().until(() -> bodies() == 1);
        get("Accept-Language: en\r\n");
        await().until(() -> bodies() == 2);

        assertThat(get("Accept-Language: ko\r\n")).contains("answer 1");
        assertThat(get("Accept-Language: en\r\n")).contains("answer 2");
        assertThat(get("")).contains("answer 3");
    }

    @Test
    void decidesBeforeEveryHit() throws Exception {
        start("Cache-Control: max-age=60\r\n");
        fill();
        gateway.policy.become(access -> "trader".equals(access.who().subject())
                ? ScriptedPolicy.deny(Reason.CLEARANCE, Presentation.Http.BLOCK_PAGE)
                : ScriptedPolicy.allow("test"));

        assertThat(get(site, "/", "", GatewayFixture.TERMINAL)).contains("answer 1");
        assertThat(get(site, "/", "", OTHER_TERMINAL))
                .startsWith("HTTP/1.1 451 ")
                .doesNotContain("answer");
        assertThat(origin.heads()).hasSize(1);
    }

    @Test
    void keepsNothingOfAHostThatKnowsWhoAsksUnlessItSaysThatItIsForAll() throws Exception {
        start("Cache-Control: max-age=60\r\n", GatewayFixture.SITE_IN_THE_LAB);

        get("");

        assertThat(get("")).contains("answer 2");
    }

    @Test
    void keepsWhatVariesByTheAskerForThatAskerAlone() throws Exception {
        start("Cache-Control: public, max-age=60\r\nVary: Kwm-Asker\r\n", GatewayFixture.SITE_IN_THE_LAB);
        fill();

        assertThat(get(site, "/", "Kwm-Asker: academic\r\n", OTHER_TERMINAL)).contains("answer 2");
        assertThat(get("")).contains("answer 1");
    }

    @Test
    void forgetsAPageThatAnUnsafeRequestHasChanged() throws Exception {
        start("Cache-Control: max-age=60\r\n");
        fill();
        try (Client client = gateway.client()) {
            client.say("POST http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\nContent-Length: 0\r\n\r\n")
                    .answer();
        }

        assertThat(get("")).contains("answer 3");
    }

    @Test
    void keepsNoMoreThanItsFolderMayHold() throws Exception {
        start("Cache-Control: max-age=60\r\nX-Filler: " + "x".repeat(900) + "\r\n");
        for (int page = 0; page < 8; page++) {
            get(site, "/" + page, "", GatewayFixture.TERMINAL);
        }

        await().untilAsserted(() -> assertThat(bodies()).isBetween(1L, 4L));
        assertThat(get(site, "/0", "", GatewayFixture.TERMINAL)).contains("answer 9");
    }

    @Test
    void keepsNothingOfHostsThatAreNotMarked() throws Exception {
        start("Cache-Control: max-age=60\r\n");
        String uncached = "uncached.kp" + site.substring(site.indexOf(':'));

        get(uncached, "/", "", GatewayFixture.TERMINAL);

        assertThat(get(uncached, "/", "", GatewayFixture.TERMINAL)).contains("answer 2");
    }

    @Test
    void asksTheHostWhereTheBodyIsGone() throws Exception {
        start("Cache-Control: max-age=60\r\n");
        fill();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        assertThat(get("")).contains("answer 2");
    }
}
