package kwangmyong.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import kwangmyong.access.api.Visited;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Health;
import kwangmyong.portal.metrics.DecisionTally;
import kwangmyong.portal.metrics.MetricsConfig;
import kwangmyong.portal.metrics.MetricsPorts;
import kwangmyong.portal.metrics.MetricsService;
import kwangmyong.testkit.Chromium;
import kwangmyong.testkit.ProcessTree;
import kwangmyong.web.server.WebRuntime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page as axe-core sees it (WCAG 2.2 A and AA, and what it calls best practice), in both languages, on a phone and on a desk, by day and by night;
 * pictures are kept under target/pictures.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class AccessibilityIT {
    private static final String RESIDENT_AT = "10.76.10.11";

    @TempDir
    static Path folder;

    private final Path pictures = Path.of("target", "pictures");
    private String axe = "";
    private @Nullable Process browser;
    private Chromium page;
    private TestPortal portal;
    private WebRuntime runtime;
    private MetricsService metrics;
    private String home = "";

    @BeforeAll
    void open() throws Exception {
        assumeTrue(Files.isExecutable(PortalBrowserIT.CHROMIUM), "no Chromium on this machine");
        try (InputStream script = Objects.requireNonNull(AccessibilityIT.class.getResourceAsStream("/axe.min.js"))) {
            axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
        Files.createDirectories(pictures);
        Path said = folder.resolve("chromium.err");
        browser = PortalBrowserIT.start(folder, said);
        await().atMost(Duration.ofSeconds(60)).until(() -> Chromium.isListening(Files.readString(said)));
        page = Chromium.attach(Files.readString(said));
        portal = TestPortal.open();
        home = "http://127.76.0.1:" + portal.http().getPort();
        portal.denied("GET http://lib.kut.edu.kp/");
        portal.sessions.seat("delegate", RESIDENT_AT);
        portal.sessions.seat("resident", "10.76.10.12");
        portal.clock.advance(Duration.ofMinutes(42));
        portal.sessions.logOut("10.76.10.12", "operator").toCompletableFuture().join();
        portal.book.visited.add(new Visited("naenara.com.kp", 12, 0, portal.clock.now()));
        portal.book.visited.add(
                new Visited("a-very-long-name-that-wraps.on-a-phone.example.com", 0, 3, portal.clock.now()));
        runtime = new WebRuntime(portal.clock);
        metrics = new MetricsService(
                new MetricsConfig(List.of(Addresses.parse("127.0.0.1")), 0, "광명 · Kwangmyong"),
                AddressPlan.real(),
                new MetricsPorts(
                        List::of,
                        () -> Map.of("portal", Health.UP, "journal", Health.degraded("there is no room on the disk")),
                        List::of,
                        new DecisionTally(portal.journal),
                        portal.clock),
                runtime);
        metrics.start();
    }

    @AfterAll
    void close() {
        if (page != null) {
            page.close();
            metrics.stop();
            runtime.close();
            portal.close();
        }
        if (browser != null) {
            ProcessTree.end(browser);
        }
    }

    static Stream<String> languages() {
        return Stream.of("en", "ko");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void noPageKeepsAnybodyOut(String language) throws IOException {
        look(language, "nobody", home + "/?lang=" + language);
        look(language, "login", home + "/login?next=http://naenara.com.kp/");
        page.fill("#name", "resident");
        page.fill("#password", "wrong");
        page.press("main button");
        check(language, "login-refused");
        page.fill("#password", "resident-demo");
        page.press("main button");
        check(language, "logged-in");
        assertThat(page.text()).contains(language.equals("ko") ? "남은 시간" : "Left");
        look(language, "denials", home + "/denials");
        look(language, "about", home + "/about");
        look(language, "error", home + "/nowhere");
        page.open(home + "/");
        page.press("main form button");
        check(language, "bill");
        look(language, "room-login", home + "/room/login");
        page.fill("#name", "operator");
        page.fill("#password", "operator-demo");
        page.press("main button");
        check(language, "room");
        look(language, "guest", home + "/room/guest?terminal=" + RESIDENT_AT);
        look(language, "book", home + "/room/book");
        page.press("main tbody a");
        check(language, "room-bill");
        look(
                language,
                "numbers",
                "http://localhost:" + metrics.listeners().get(0).socket().getPort() + "/?lang=" + language);
    }

    private void look(String language, String name, String url) throws IOException {
        page.open(url);
        check(language, name);
    }

    private void check(String language, String name) throws IOException {
        for (int width : new int[] {1_280, 390}) {
            for (boolean dark : new boolean[] {true, false}) {
                page.become(width, 844, dark);
                String where = name + "-" + language + "-" + width + (dark ? "-dark" : "");
                page.wholePicture(pictures.resolve(where + ".png"));
                page.run(axe);
                assertThat(page.evaluate("document.documentElement.lang"))
                        .as(where)
                        .isEqualTo(language);
                assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as("nothing is wider than the screen: " + where)
                        .isEqualTo("true");
                assertThat(page.evaluateLater(
                                "axe.run().then(found => found.violations.map(each => each.id + ': ' + each.help"
                                        + " + ' ' + each.nodes.map(node => node.html).join(' | ')).join('\\n'))"))
                        .as(where)
                        .isEmpty();
            }
        }
    }
}
