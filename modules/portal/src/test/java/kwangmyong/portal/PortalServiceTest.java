package kwangmyong.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.web.http.PercentCoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortalServiceTest {
    private static final Map<String, String> RESIDENT = Map.of("name", "resident", "password", "resident-demo");

    private TestPortal portal;
    private Browser browser;

    @BeforeEach
    void open() throws StartException {
        portal = TestPortal.open();
        browser = new Browser(portal.http(), TestPortal.CAFE_TERMINAL);
    }

    @AfterEach
    void close() {
        portal.close();
    }

    @Test
    void tellsATerminalThatNobodyIsThere() throws IOException {
        assertThat(browser.get("/"))
                .startsWith("HTTP/1.1 200")
                .contains("Nobody is logged in here", "10.76.10.11", "café", "US$8.19 an hour", "/login")
                .containsIgnoringCase("cache-control: no-store");
    }

    @Test
    void logsInAndOut() throws IOException {
        assertThat(browser.submit("/login", "/login", RESIDENT))
                .startsWith("HTTP/1.1 303")
                .containsIgnoringCase("location: /?news=logged-in\r\n");
        portal.clock.advance(Duration.ofMinutes(30));
        assertThat(browser.get("/?news=logged-in"))
                .contains("Logged in as resident", "You are logged in.", "30 min, US$4.10", "naenara.com.kp")
                .doesNotContain("lib.*.edu.kp", ">kp<", "every other name");
        assertThat(browser.get("/login")).startsWith("HTTP/1.1 303");
        assertThat(browser.submit("/", "/logout", Map.of())).startsWith("HTTP/1.1 303");
        assertThat(browser.get("/")).contains("Nobody is logged in here");
    }

    @Test
    void speaksKoreanWhenAsked() throws IOException {
        assertThat(browser.with("Accept-Language", "ko-KP, en;q=0.5").get("/"))
                .contains("<html lang=\"ko\">", "접속한 사람이 없습니다", "망봉사소");
        assertThat(browser.get("/?lang=en")).contains("<html lang=\"en\">");
        assertThat(browser.get("/about")).as("the choice is kept").contains("What is invented");
    }

    @Test
    void refusesAWrongPasswordWithoutSayingWhichHalfWasWrong() throws IOException {
        String known = browser.submit("/login", "/login", Map.of("name", "resident", "password", "x"));
        String unknown = browser.submit("/login", "/login", Map.of("name", "stranded", "password", "x"));
        assertThat(known).startsWith("HTTP/1.1 403").contains("No such name and password.");
        assertThat(unknown.replace("stranded", "resident")).isEqualTo(known);
        assertThat(browser.submit("/login", "/login", Map.of("name", "stranger", "password", "x")))
                .startsWith("HTTP/1.1 429")
                .contains("Too many failed attempts.");
        assertThat(browser.submit("/login", "/login", Map.of("name", "a".repeat(300), "password", "x")))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void takesFormsFromItsOwnPagesOnly() throws IOException {
        assertThat(browser.post("/login", RESIDENT)).startsWith("HTTP/1.1 403");
        assertThat(new Browser(portal.http(), TestPortal.CAFE_TERMINAL)
                        .with("Origin", "http://evil.example")
                        .submit("/login", "/login", RESIDENT))
                .startsWith("HTTP/1.1 403");
        assertThat(new Browser(portal.http(), TestPortal.CAFE_TERMINAL)
                        .with("Sec-Fetch-Site", "cross-site")
                        .submit("/login", "/login", RESIDENT))
                .startsWith("HTTP/1.1 403");
        assertThat(browser.get("/logout")).startsWith("HTTP/1.1 405").containsIgnoringCase("allow: OPTIONS, POST");
        assertThat(portal.sessions.at(Addresses.parse(TestPortal.CAFE_TERMINAL)).subject())
                .isNull();
        assertThat(browser.with("Origin", "http://portal.kp").submit("/login", "/login", RESIDENT))
                .startsWith("HTTP/1.1 303");
    }

    @Test
    void showsWhereOneWasGoingAsALinkOnlyWhenItIsOne() throws IOException {
        browser.submit("/login", "/login", RESIDENT);
        assertThat(browser.get("/?next=http%3A%2F%2Fnaenara.com.kp%2Fa%3Fb%26c"))
                .contains("href=\"http://naenara.com.kp/a?b&amp;c\"");
        for (String next : new String[] {
            "javascript:alert(1)",
            "http://a@naenara.com.kp/",
            "//evil.example/",
            "http://x\"onmouseover=alert(1)/",
            "http:\\\\evil.example",
            "http://a\r\nSet-Cookie: x=y",
            "data:text/html,x"
        }) {
            String page = browser.get("/?next=" + PercentCoding.encode(next));
            assertThat(page).startsWith("HTTP/1.1 200").doesNotContain("You were going to", "evil", "Set-Cookie: x");
        }
    }

    @Test
    void putsNothingFromARequestIntoAHeaderOrIntoMarkup() throws IOException {
        String reply = browser.submit(
                "/login",
                "/login",
                Map.of("name", "<script>alert(1)</script>", "password", "x", "next", "http://a/\r\nX: y"));
        assertThat(reply).contains("&lt;script>").doesNotContain("<script", "\r\nX: y");
        assertThat(browser.get("/?lang=ko%0d%0aX:%20y"))
                .contains("<html lang=\"en\">")
                .doesNotContain("\nX: y");
        assertThat(browser.get("/?news=%3Cb%3E")).doesNotContain("<b>");
    }

    @Test
    void answersConnectivityChecksAsEachSystemExpects() throws IOException {
        Map<String, String> expected = Map.of(
                "connectivitycheck.gstatic.com/generate_204", "HTTP/1.1 204",
                "captive.apple.com/hotspot-detect.html", "<BODY>Success</BODY>",
                "captive.apple.com/", "<BODY>Success</BODY>",
                "www.msftconnecttest.com/connecttest.txt", "\r\n\r\nMicrosoft Connect Test",
                "www.msftncsi.com/ncsi.txt", "\r\n\r\nMicrosoft NCSI",
                "detectportal.firefox.com/success.txt", "\r\n\r\nsuccess\n",
                "network-test.debian.org/nm", "\r\n\r\nNetworkManager is online\n",
                "nmcheck.gnome.org/check_network_status.txt", "\r\n\r\nNetworkManager is online\n",
                "connectivity-check.ubuntu.com/", "HTTP/1.1 204");
        for (String check : expected.keySet()) {
            assertThat(ask(check)).startsWith("HTTP/1.1 302").containsIgnoringCase("location: http://portal.kp/\r\n");
        }
        browser.submit("/login", "/login", RESIDENT);
        for (Map.Entry<String, String> check : expected.entrySet()) {
            assertThat(ask(check.getKey())).contains(check.getValue()).containsIgnoringCase("cache-control: no-store");
        }
    }

    private String ask(String check) throws IOException {
        int slash = check.indexOf('/');
        return new Browser(portal.http(), TestPortal.CAFE_TERMINAL)
                .at(check.substring(0, slash))
                .get(check.substring(slash));
    }

    @Test
    void leadsOtherNamesToItsOwnAndServesItsAddress() throws IOException {
        assertThat(browser.at("dailynk.com").get("/x"))
                .startsWith("HTTP/1.1 302")
                .containsIgnoringCase("location: http://portal.kp/\r\n");
        assertThat(browser.at("dailynk.com").submit("/x", "/login", RESIDENT)).startsWith("HTTP/1.1 421");
        assertThat(browser.at("127.76.0.1:10080").get("/")).contains("Nobody is logged in here");
        assertThat(browser.at("10.76.0.1").get("/")).contains("Nobody is logged in here");
    }

    @Test
    void believesTheGatewaysSealAndNobodyElses() throws IOException {
        var who = portal.sessions.at(Addresses.parse(TestPortal.CAFE_TERMINAL));
        String good = portal.seal.seal(who, "portal.kp", portal.clock.now());
        String forged = AskerSeal.withFreshKey().seal(who, "portal.kp", portal.clock.now());
        assertThat(new Browser(portal.http(), "10.0.0.1")
                        .with(AskerSeal.HEADER, good)
                        .get("/"))
                .contains("10.76.10.11");
        assertThat(new Browser(portal.http(), "10.0.0.1")
                        .with(AskerSeal.HEADER, forged)
                        .get("/"))
                .contains("workbench")
                .doesNotContain("10.76.10.11");
        assertThat(new Browser(portal.http(), "10.0.0.7")
                        .with(AskerSeal.HEADER, good)
                        .get("/"))
                .as("a terminal that got hold of a seal")
                .contains("10.0.0.7");
    }

    @Test
    void showsDenialsWithRuleReasonNeededAndHeld() throws IOException {
        portal.denied("GET http://lib.kut.edu.kp/?q=<b>");
        assertThat(browser.get("/denials"))
                .contains(
                        "library-reading", "What is held does not reach what is needed.", "cleared+library", "resident")
                .contains("&lt;b&gt;")
                .doesNotContain("<b>");
    }

    @Test
    void journalsEachVisit() throws IOException {
        browser.get("/about");
        assertThat(portal.journal.events())
                .anySatisfy(event -> assertThat(event.resource()).hasToString("GET http://portal.kp/about"));
    }

    @Test
    void sendsProgramsThatAskWithoutTlsToTls() throws IOException {
        assertThat(browser.get("/captive"))
                .startsWith("HTTP/1.1 308")
                .containsIgnoringCase("location: https://portal.kp/captive");
    }

    @Test
    void survivesHostileRequests() throws IOException {
        for (String hostile : new String[] {
            "GET /%zz HTTP/1.1\r\nHost: portal.kp\r\nConnection: close\r\n\r\n",
            "GET /%00 HTTP/1.1\r\nHost: portal.kp\r\nConnection: close\r\n\r\n",
            "POST /login HTTP/1.1\r\nHost: portal.kp\r\nContent-Type: multipart/form-data\r\nConnection: close\r\n\r\n",
            "POST /login HTTP/1.1\r\nHost: portal.kp\r\nContent-Length: 999999999\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: portal.kp\r\nCookie: " + "a".repeat(40_000) + "\r\n\r\n",
            "PROPFIND / HTTP/1.1\r\nHost: portal.kp\r\nConnection: close\r\n\r\n",
            "CONNECT portal.kp:443 HTTP/1.1\r\nHost: portal.kp:443\r\nConnection: close\r\n\r\n",
            "nonsense\r\n\r\n"
        }) {
            assertThat(browser.raw(hostile))
                    .containsPattern("^HTTP/1\\.[01] 4\\d\\d")
                    .doesNotContain("Exception", "kwangmyong.");
        }
        assertThat(browser.get("/")).startsWith("HTTP/1.1 200");
    }
}
