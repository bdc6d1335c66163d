package kwangmyong.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rometools.rome.io.SyndFeedInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service.Listener;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.net.tls.Authority;
import kwangmyong.testkit.SettableClock;
import kwangmyong.web.server.WebRuntime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The default lab's sites over real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SitesServiceTest {
    private static final int TRIES = 50;

    @TempDir
    static Path state;

    private final SettableClock clock = new SettableClock();
    private final AskerSeal seal = AskerSeal.withFreshKey();
    private final SitesConfig config = SitesFile.read(7);
    private final WebRuntime runtime = new WebRuntime(clock);
    private Authority garden;
    private Authority world;
    private AddressPlan plan;
    private SitesService service;

    /** Ports of the lab are fixed, and only moved together: an offset that nobody uses is sought. */
    @BeforeAll
    void start() throws IOException, StartException {
        garden = Authority.open(state.resolve("ca"), "garden", "garden");
        world = Authority.open(state.resolve("ca"), "world", "world");
        SplittableRandom random = new SplittableRandom();
        for (int attempt = 1; ; attempt++) {
            plan = AddressPlan.loopback(10_000 + random.nextInt(40_000), List.of());
            service = new SitesService(config, state.resolve("sites"), plan, runtime, garden, world, seal, clock);
            try {
                service.start();
                service.settle();
                return;
            } catch (StartException taken) {
                if (attempt == TRIES) {
                    throw taken;
                }
            }
        }
    }

    @AfterAll
    void stop() {
        service.stop();
        assertThat(service.listeners()).isEmpty();
        runtime.close();
    }

    private record Answer(int status, String head, String text) {
        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private String sealFor(String host) {
        InetAddress terminal = Addresses.parse("10.76.20.11");
        Session session = new Session("s", "academic", terminal, clock.now(), null, Session.Origin.SEAT);
        return seal.seal(new Identity(terminal, null, session), host, clock.now());
    }

    private InetSocketAddress socket(String host, int port) {
        InetAddress address = config.sites().stream()
                .filter(site -> site.hosts().contains(host))
                .findFirst()
                .orElseThrow()
                .address()
                .get(0);
        return plan.socket(new InetSocketAddress(address, port));
    }

    private Answer ask(String host, String path, String... headers) throws IOException {
        return askAt(socket(host, SitesService.HTTP), host, path, headers);
    }

    private Answer sealed(String host, String path, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = AskerSeal.HEADER + ": " + sealFor(host);
        return ask(host, path, all);
    }

    private static Answer askAt(InetSocketAddress at, String host, String path, String... headers) throws IOException {
        try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
            return converse(socket, host, path, headers);
        }
    }

    private static Answer converse(Socket socket, String host, String path, String... headers) throws IOException {
        StringBuilder request =
                new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        socket.setSoTimeout(30_000);
        byte[] all = readAll(socket.getInputStream());
        String latin = new String(all, StandardCharsets.ISO_8859_1);
        int end = latin.indexOf("\r\n\r\n");
        String head = latin.substring(0, end);
        String text = new String(all, end + 4, all.length - end - 4, StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(head.substring(9, 12)), head, text);
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        return all.toByteArray();
    }

    @Test
    void listensForEverySiteOnBothPorts() {
        assertThat(service.listeners()).extracting(Listener::protocol).contains("http", "https");
        assertThat(service.listeners())
                .extracting(listener -> listener.address().getPort())
                .containsOnly(80, 443);
    }

    @Test
    void everySiteAnswersAndSaysWhatIsInvented() throws IOException {
        for (SitesConfig.SiteConfig site : config.sites()) {
            Answer answer = site.isWorld() ? ask(site.host(), "/") : sealed(site.host(), "/");
            assertThat(answer.status()).as(site.host()).isEqualTo(200);
            assertThat(answer.text())
                    .as(site.host())
                    .contains("Invented:")
                    .contains(site.isWorld() ? "Simulated · invented" : "Signed in as academic");
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
        }
    }

    @Test
    void findsABookByAKoreanWord() throws IOException {
        Answer answer = sealed("namsan.aca.kp", "/search?q=%ED%99%94%ED%95%99");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<mark>화학</mark>").contains("/record/");
    }

    @Test
    void givesARecordInSeveralForms() throws IOException {
        assertThat(sealed("lib.kut.edu.kp", "/record/000017").text())
                .contains("Z3988")
                .contains("no such book");
        Answer json = sealed("lib.kut.edu.kp", "/record/000017.json");
        assertThat(json.header("Content-Type")).startsWith("application/json");
        assertThat(new JsonMapper().readTree(json.text()).path("id").asString()).isEqualTo("000017");
        assertThat(sealed("lib.kut.edu.kp", "/record/000017.txt").text()).contains("Shelf mark: ");
        assertThat(sealed("lib.kut.edu.kp", "/opensearch.xml").text())
                .contains("lib.kut.edu.kp/search?q={searchTerms}");
    }

    @ParameterizedTest
    @CsvSource({
        "namsan.aca.kp, /record/0, 404",
        "namsan.aca.kp, /record/999999, 404",
        "namsan.aca.kp, /record/abc, 404",
        "namsan.aca.kp, /record/99999999999999999999, 404",
        "namsan.aca.kp, /record/000001.exe, 404",
        "namsan.aca.kp, /nothing, 404",
        "namsan.aca.kp, /search?page=-3&from=abc&to=99999&sort=x&subject=zz, 200",
        "namsan.aca.kp, /search, 200",
        "namsan.aca.kp, '/search?q=%00%ff', 400",
        "kcna.kp, /archive/2026-13-45, 404",
        "kcna.kp, /archive/1999-01-01, 404",
        "kcna.kp, /article/x, 404",
        "kcna.kp, /article/2026-03-01-999, 404",
        "cooks.org.kp, /../../etc/passwd, 404",
        "cooks.org.kp, /index.md, 404",
    })
    void answersOddRequestsCalmly(String host, String path, int status) throws IOException {
        assertThat(sealed(host, path).status()).isEqualTo(status);
    }

    @Test
    void turnsAwayWhoeverGoesRoundTheGateway() throws IOException {
        assertThat(ask("namsan.aca.kp", "/").status()).isEqualTo(403);
        assertThat(ask("namsan.aca.kp", "/", AskerSeal.HEADER + ": academic;10.76.20.11;;namsan.aca.kp;1;x")
                        .status())
                .isEqualTo(403);
        // made for another host
        assertThat(ask("namsan.aca.kp", "/", AskerSeal.HEADER + ": " + sealFor("kcna.kp"))
                        .status())
                .isEqualTo(403);
        String old = sealFor("namsan.aca.kp");
        clock.advance(AskerSeal.LIFETIME.plusSeconds(1));
        assertThat(ask("namsan.aca.kp", "/", AskerSeal.HEADER + ": " + old).status())
                .isEqualTo(403);
        assertThat(ask("namsan.aca.kp", "/assets/sites.css").status()).isEqualTo(200);
    }

    @Test
    void tellsSitesOnOneAddressApartAndRefusesOtherHosts() throws IOException {
        InetSocketAddress shared = socket("cooks.org.kp", SitesService.HTTP);
        assertThat(sealed("korfilm.com.kp", "/").text()).contains("Korean Film");
        assertThat(askAt(shared, "kcna.kp", "/").status()).isEqualTo(421);
        InetSocketAddress edge = socket("edge.cdn.example", SitesService.HTTP);
        assertThat(askAt(edge, "weather.example.net", "/").text()).contains("Weather");
        assertThat(askAt(edge, "radio.example.org", "/").text()).contains("Evening Radio");
    }

    @Test
    void answersForTheWildcardAndTheNumber() throws IOException {
        InetSocketAddress naenara = socket("naenara.com.kp", SitesService.HTTP);
        String host = "anything.naenara.com.kp";
        assertThat(askAt(naenara, host, "/", AskerSeal.HEADER + ": " + sealFor(host))
                        .status())
                .isEqualTo(200);
        assertThat(sealed("10.76.1.11", "/naenarabrowser/").text()).contains("The page with which the browser begins");
    }

    @Test
    void givesFeedsThatAReaderReads() throws Exception {
        for (String path : List.of("/rss.xml", "/atom.xml")) {
            Answer answer = sealed("kcna.kp", path);
            try (StringReader reader = new StringReader(answer.text())) {
                var feed = new SyndFeedInput().build(reader);
                assertThat(feed.getEntries()).isNotEmpty().allSatisfy(entry -> {
                    assertThat(entry.getLink()).startsWith("http://kcna.kp/article/");
                    assertThat(entry.getTitle()).isNotBlank();
                    assertThat(entry.getPublishedDate()).isNotNull();
                });
                String article = feed.getEntries().get(0).getLink().substring("http://kcna.kp".length());
                assertThat(sealed("kcna.kp", article).status()).isEqualTo(200);
            }
            assertThat(sealed("kcna.kp", path, "If-None-Match: " + answer.header("ETag"))
                            .status())
                    .isEqualTo(304);
            assertThat(sealed("kcna.kp", path, "If-Modified-Since: " + answer.header("Last-Modified"))
                            .status())
                    .isEqualTo(304);
        }
    }

    @Test
    void speaksKoreanWhenAsked() throws IOException {
        Answer korean = sealed("kcna.kp", "/", "Accept-Language: ko-KP, en;q=0.5");
        assertThat(korean.header("Content-Language")).isEqualTo("ko");
        assertThat(korean.text()).contains("<html lang=\"ko\">").contains("편집부");
        assertThat(sealed("kcna.kp", "/?lang=ko").header("Set-Cookie")).startsWith("lang=ko");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%3Cscript%3Ealert(1)%3C/script%3E", "%22%20onfocus=%22alert(1)", "%27%3E%3Cimg%20src=x%3E"})
    void writesWhatWasAskedAsText(String query) throws IOException {
        for (String page : List.of(
                sealed("namsan.aca.kp", "/search?q=" + query).text(),
                sealed("directory.gov.kp", "/?q=" + query).text())) {
            assertThat(page)
                    .doesNotContain("<script")
                    .doesNotContain("value=\"\" onfocus")
                    .doesNotContain("<img");
        }
    }

    @Test
    void showsACertificateOfTheRightAuthorityForTheHost() throws Exception {
        assertThat(overTls("namsan.aca.kp", garden)).isEqualTo(200);
        assertThat(overTls("radio.example.org", world)).isEqualTo(200);
    }

    private int overTls(String host, Authority authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("lab", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        InetSocketAddress at = socket(host, SitesService.HTTPS);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(at.getAddress(), at.getPort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);

            return converse(socket, host, "/", AskerSeal.HEADER + ": " + sealFor(host))
                    .status();
        }
    }

    @Test
    void refusesToStartOnATakenPortAndLeavesNothingOpen() {
        SitesService second = new SitesService(
                config, state.resolve("sites"), plan, new WebRuntime(clock), garden, world, seal, clock);
        assertThatThrownBy(second::start)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("cannot listen on 127.");
        assertThat(second.listeners()).isEmpty();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(sealed("cooks.org.kp", "/").status()).isEqualTo(200));
    }
}
