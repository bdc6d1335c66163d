package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.lab.GardenExtension.Outcome;
import kwangmyong.testkit.ProcessTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The lab whose gateway opens TLS to the world, seen by a browser with its authority and by one without, by curl, and in the journal. */
final class InterceptionIT {
    private static final String LAB = "interception";
    private static final String ACADEMIC = "127.76.20.11";
    private static final int CURL_DISTRUSTS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final GardenExtension garden = new GardenExtension(LAB);

    @TempDir
    static Path folder;

    @BeforeAll
    static void takeTheAuthorities() throws Exception {
        assertThat(garden.kwm("ca", "--lab", LAB, folder.toString()).status()).isZero();
    }

    private static Outcome curl(String authority, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-s",
                "-S",
                "--interface",
                ACADEMIC,
                "-x",
                "http://127.76.0.1:" + garden.port(3128),
                "--cacert",
                folder.resolve(authority + ".crt").toString()));
        command.addAll(Arrays.asList(more));
        return garden.run(command.toArray(String[]::new));
    }

    private static void isJournaled(String where, String... what) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(garden.kwm("events", "--lab", LAB, "--json", "--where", where)
                                .output())
                        .contains(what));
    }

    /** Runs a browser at the leader's terminal, with the authorities named in its store of certificates. */
    private static void browse(List<String> authorities, FreshBrowser.Visit visit) throws Exception {
        var builder = new ProcessBuilder(GardenExtension.command("browse", "leader", "--lab", LAB, "--port-only"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("KWM_STATE", garden.state().toString());
        Process terminal = builder.start();
        try (BufferedReader said = terminal.inputReader()) {
            Matcher address = Pattern.compile("127\\.0\\.0\\.1:\\d+").matcher(String.valueOf(said.readLine()));
            assertThat(address.find()).isTrue();
            FreshBrowser.visit(
                    folder,
                    authorities.stream()
                            .map(name -> folder.resolve(name + ".crt"))
                            .toList(),
                    List.of("--proxy-server=http://" + address.group(), "--window-size=1000,900"),
                    visit);
        } finally {
            ProcessTree.end(terminal);
        }
    }

    @Test
    void aBrowserWithTheAuthoritySeesThePage() throws Exception {
        assumeThat(FreshBrowser.isAvailable()).isTrue();
        Path pictures = Files.createDirectories(Path.of("target", "pictures"));
        browse(List.of("garden", "interception"), page -> {
            page.open("https://wikipedia.org/");
            assertThat(page.text()).contains("위키백과");
            assertThat(page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"))
                    .isEqualTo("h2");
            page.picture(pictures.resolve("opened-page.png"));
            page.open("https://torproject.org/bridges");
            assertThat(page.text()).contains("no-bridges", "opens and reads encrypted connections");
            page.picture(pictures.resolve("opened-denied.png"));
            page.open("https://portal.kp/?lang=en");
            assertThat(page.text()).contains("opened by the gateway");
            page.picture(pictures.resolve("opened-portal.png"));
        });
        isJournaled("resource=wikipedia.org:443", "\"presentation\":\"intercepted\"");
        isJournaled("resource=GET https://wikipedia.org/", "\"subject\":\"leader\"", "\"verdict\":\"allow\"");
        isJournaled("resource=GET https://torproject.org/bridges", "\"rule\":\"no-bridges\"", "\"code\":\"content\"");
        assertThat(garden.kwm("events", "--lab", LAB, "--where", "action=certificate-refused")
                        .output())
                .as("connections that the browser found superfluous")
                .doesNotContain("wikipedia.org");
    }

    @Test
    void aBrowserWithoutItSeesAnErrorAndTheJournalSeesTheBrowser() throws Exception {
        assumeThat(FreshBrowser.isAvailable()).isTrue();
        Path pictures = Files.createDirectories(Path.of("target", "pictures"));
        browse(List.of("garden", "world"), page -> {
            page.open("https://example.com/");
            assertThat(page.evaluate("document.documentElement.outerHTML")).contains("ERR_CERT_AUTHORITY_INVALID");
            page.picture(pictures.resolve("opened-distrusted.png"));
        });
        isJournaled("action=certificate-refused", "example.com:443", "\"subject\":\"leader\"");
    }

    @Test
    void fetchesWhatIsAllowedAndSeesWhatHidesBehindIt() throws Exception {
        Outcome weather = curl("interception", "-i", "https://weather.example.net/");
        assertThat(weather.output()).contains("HTTP/2 200", "via: 1.1 kwangmyong");

        Outcome hidden = curl("interception", "-i", "-H", "Host: radio.example.org", "https://weather.example.net/");
        assertThat(hidden.output()).contains("HTTP/2 403", "host-mismatch");
        isJournaled(
                "code=host-mismatch",
                "GET https://radio.example.org/",
                "asked within a tunnel to weather.example.net:443");

        assertThat(curl("world", "https://weather.example.net/").status()).isEqualTo(CURL_DISTRUSTS);
        isJournaled("action=certificate-refused", "weather.example.net:443", "unknown_ca");
    }

    @Test
    void keepsWhatItsTourPromises() throws Exception {
        Outcome tour = garden.kwm("tour", "--lab", LAB);
        assertThat(tour.status()).as(tour.output()).isZero();
    }

    @Test
    void saysSoBeforehand() throws Exception {
        assertThat(garden.kwm("explain", "--lab", LAB, "academic", "https://weather.example.net/")
                        .output())
                .contains("intercepted");
        assertThat(garden.kwm("status", "--lab", LAB).output()).contains("TLS is opened by world", "weather");
        assertThat(curl("interception", "http://dailynk.com/").output())
                .contains("opens and reads encrypted connections", "weather.example.net");
    }
}
