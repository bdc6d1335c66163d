package kwangmyong.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.access.api.Visited;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.web.http.PercentCoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The usual attacks on pages, each against the defence that stands in its way. */
class WebAttackTest {
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final Pattern TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");
    private static final Pattern SESSION = Pattern.compile("name=\"session\" value=\"([^\"]+)\"");

    private TestPortal portal;
    private Browser desk;

    @BeforeEach
    void open() throws StartException, IOException {
        portal = TestPortal.open();
        desk = new Browser(portal.http(), "10.76.10.2");
        desk.submit("/room/login", "/room/login", RoomTest.OPERATOR);
    }

    @AfterEach
    void close() {
        portal.close();
    }

    private static String first(Pattern pattern, String page) {
        Matcher found = pattern.matcher(page);
        assertThat(found.find()).as(page).isTrue();
        return found.group(1);
    }

    private String whoIs(String terminal) {
        return String.valueOf(portal.sessions.at(Addresses.parse(terminal)).subject());
    }

    @Test
    void aScriptInANameOrAHostIsText() throws IOException {
        portal.sessions.seat("\"><img src=x onerror=alert(1)>" + SCRIPT, "10.76.10.12");
        portal.book.visited.add(new Visited("a.kp" + SCRIPT, 1, 0, portal.clock.now()));
        portal.denied("GET http://x.kp/" + SCRIPT);
        Browser there = new Browser(portal.http(), "10.76.10.12");
        for (String page : List.of(
                desk.get("/room"),
                desk.get("/room/guest?terminal=10.76.10.12"),
                desk.get("/room/book"),
                there.get("/"),
                there.get("/denials"))) {
            assertThat(page).startsWith("HTTP/1.1 200").contains("&lt;").doesNotContain("<script>", "<img src=x");
        }
        there.submit("/", "/logout", Map.of());
        assertThat(there.get("/bill")).contains("&lt;img").doesNotContain("<script>", "<img");
        assertThat(desk.get("/room/book")).contains("&lt;img").doesNotContain("<script>", "<img");
    }

    @Test
    void nothingOfARequestComesBackAsMarkup() throws IOException {
        String evil = PercentCoding.encode("\"><script>alert(1)</script>");
        for (String path : List.of(
                "/?next=",
                "/?news=",
                "/?lang=",
                "/login?next=",
                "/bill?news=",
                "/room?news=",
                "/room/guest?terminal=",
                "/room/book?day=",
                "/room/book.csv?day=",
                "/room/bill?number=",
                "/room/login?lang=")) {
            assertThat(desk.get(path + evil)).as(path).doesNotContain("<script>alert", "\"><script");
        }
        assertThat(desk.get("/%3Cscript%3Ealert(1)%3C/script%3E"))
                .startsWith("HTTP/1.1 404")
                .doesNotContain("<script>alert");
    }

    @Test
    void aFormOnAnotherSiteEndsNobodysSession() throws IOException {
        portal.sessions.seat("resident", "10.76.10.11");
        String page = desk.get("/room");
        String session = first(SESSION, page);
        String token = first(TOKEN, page);
        assertThat(desk.post("/room/end", Map.of("session", session)))
                .as("without a token")
                .startsWith("HTTP/1.1 403");
        Browser elsewhere = new Browser(portal.http(), "10.76.10.3");
        String theirs = first(TOKEN, elsewhere.get("/room/login"));
        assertThat(desk.post("/room/end", Map.of("session", session, "form-token", theirs)))
                .as("with a token that the attacker was given")
                .startsWith("HTTP/1.1 403");
        String beside = first(TOKEN, new Browser(portal.http(), "10.76.10.2").get("/room/login"));
        assertThat(desk.post("/room/end", Map.of("session", session, "form-token", beside)))
                .as("with a token for another browser of the same terminal")
                .startsWith("HTTP/1.1 403");
        String own = String.valueOf(
                desk.cookies().put("kwm-form", elsewhere.cookies().get("kwm-form")));
        assertThat(desk.post("/room/end", Map.of("session", session, "form-token", theirs)))
                .as("with the attacker's token and the attacker's cookie, planted")
                .startsWith("HTTP/1.1 403");
        desk.cookies().put("kwm-form", own);
        Map<String, String> good = Map.of("session", session, "form-token", token);
        assertThat(desk.with("Origin", "http://evil.example").post("/room/end", good))
                .as("from another origin")
                .startsWith("HTTP/1.1 403");
        for (String origin : List.of(
                "null", // a page in a frame without rights, or a file
                "http://portal.kp:8080", // another program of the same machine
                "https://portal.kp", // the same name otherwise
                "http://portal.kp.evil.example",
                "http://evil.portal.kp",
                "")) {
            assertThat(desk.with("Origin", origin).post("/room/end", good))
                    .as("from %s", origin)
                    .startsWith("HTTP/1.1 403");
        }
        assertThat(desk.with("Origin", "http://portal.kp")
                        .with("Sec-Fetch-Site", "same-site")
                        .post("/room/end", good))
                .as("by a page of a sister")
                .startsWith("HTTP/1.1 403");
        assertThat(desk.with("Origin", "http://portal.kp")
                        .with("Sec-Fetch-Site", "cross-site")
                        .post("/room/end", good))
                .as("by a page of another site")
                .startsWith("HTTP/1.1 403");
        assertThat(whoIs("10.76.10.11")).isEqualTo("resident");
        assertThat(desk.with("Sec-Fetch-Site", "same-origin").post("/room/end", good))
                .startsWith("HTTP/1.1 303");
        assertThat(whoIs("10.76.10.11")).isEqualTo("null");
    }

    @Test
    void aLinkEndsNobodysSession() throws IOException {
        portal.sessions.seat("resident", "10.76.10.11");
        String page = desk.get("/room");
        String query = "?session=" + first(SESSION, page) + "&form-token=" + first(TOKEN, page);
        for (String path : List.of("/room/end", "/room/extend", "/room/logout", "/logout")) {
            assertThat(desk.get(path + query)).as(path).startsWith("HTTP/1.1 405");
        }
        assertThat(whoIs("10.76.10.11")).isEqualTo("resident");
    }

    @Test
    void aCookieThatSomebodyElsePlantedOpensNothing() throws IOException {
        Browser victim = new Browser(portal.http(), "10.76.10.4");
        victim.cookies().put("kwm-room", "planted-by-the-attacker-before-the-log-in");
        victim.submit("/room/login", "/room/login", RoomTest.OPERATOR);
        assertThat(victim.cookies().get("kwm-room")).isNotEqualTo("planted-by-the-attacker-before-the-log-in");
        Browser attacker = new Browser(portal.http(), "10.76.10.4");
        attacker.cookies().put("kwm-room", "planted-by-the-attacker-before-the-log-in");
        assertThat(attacker.get("/room")).startsWith("HTTP/1.1 303");
    }

    @Test
    void aLogInBeginsAnewAndTheCookieBeforeEnds() throws IOException {
        String before = desk.cookies().get("kwm-room");
        desk.submit("/room/login", "/room/login", RoomTest.OPERATOR);
        assertThat(desk.cookies().get("kwm-room")).isNotEqualTo(before);
        Browser old = new Browser(portal.http(), "10.76.10.2");
        old.cookies().put("kwm-room", before);
        assertThat(old.get("/room")).startsWith("HTTP/1.1 303");
    }

    @Test
    void aStolenCookieHoldsAtNoOtherTerminalAndNotAfterLogOut() throws IOException {
        Map<String, String> stolen = new HashMap<>(desk.cookies());
        Browser thief = new Browser(portal.http(), "10.76.10.66");
        thief.cookies().putAll(stolen);
        assertThat(thief.get("/room")).startsWith("HTTP/1.1 303");
        assertThat(desk.submit("/room", "/room/logout", Map.of())).contains("kwm-room=;", "Max-Age=0");
        desk.cookies().putAll(stolen);
        assertThat(desk.get("/room")).startsWith("HTTP/1.1 303");
    }

    @Test
    void noScriptOfAPageAndNoOtherSiteCanReadTheCookie() throws IOException {
        String reply = new Browser(portal.http(), "10.76.10.5").submit("/room/login", "/room/login", RoomTest.OPERATOR);
        assertThat(reply)
                .containsPattern("(?i)set-cookie: kwm-room=[\\w-]{43}; Path=/room; HttpOnly; SameSite=Strict\r\n");
    }

    @Test
    void leadsNowhereElseWhateverIsAskedFor() throws IOException {
        for (String next : List.of(
                "//evil.example/",
                "http://evil.example/",
                "/\\evil.example",
                "\\\\evil.example",
                "https:evil.example",
                "///evil.example",
                "/%2f/evil.example",
                "http://portal.kp@evil.example/",
                "/\r\nLocation: http://evil.example/",
                "javascript:alert(1)")) {
            String encoded = PercentCoding.encode(next);
            Browser guest = new Browser(portal.http(), "10.76.10.20");
            for (String reply : List.of(
                    guest.submit(
                            "/login", "/login", Map.of("name", "resident", "password", "resident-demo", "next", next)),
                    guest.get("/login?next=" + encoded),
                    guest.submit("/", "/logout", Map.of("next", next)),
                    guest.get("/bill?next=" + encoded),
                    desk.get("/room/guest?terminal=" + encoded),
                    desk.submit("/room", "/room/end", Map.of("session", next + "........")))) {
                assertThat(reply).doesNotContainPattern("(?im)^location: (?!/[^/\\\\])");
            }
        }
    }

    @Test
    void noFieldOfTheReplyIsTheClients() throws IOException {
        String evil = "x%0d%0aSet-Cookie:%20stolen=1%0d%0a%0d%0a<b>";
        for (String path : List.of(
                "/?next=",
                "/?lang=",
                "/room/guest?terminal=",
                "/room/book.csv?day=",
                "/room/bill?number=",
                "/room/book?lang=",
                "/login?next=http://a/")) {
            assertThat(desk.get(path + evil)).as(path).doesNotContain("\nSet-Cookie: stolen", "<b>");
        }
        assertThat(desk.at("evil.kp\r\nX-Evil: yes").get("/")).doesNotContain("X-Evil: yes\r\n");
    }

    @Test
    void everyReplyForbidsFramesScriptsOfOthersAndGuessingTypes() throws IOException {
        Browser stranger = new Browser(portal.http(), TestPortal.CAFE_TERMINAL);
        for (String reply : List.of(
                stranger.get("/"),
                stranger.get("/login"),
                stranger.get("/about"),
                stranger.get("/nowhere"),
                stranger.get("/room"),
                stranger.post("/login", Map.of()),
                stranger.get("/assets/countdown.js"),
                stranger.raw("nonsense\r\n\r\n"),
                desk.get("/room"),
                desk.get("/room/book.csv"))) {
            assertThat(reply)
                    .containsPattern("(?i)content-security-policy: default-src 'none';[^\r]*frame-ancestors 'none'")
                    .containsPattern("(?i)x-frame-options: DENY")
                    .containsPattern("(?i)x-content-type-options: nosniff")
                    .doesNotContain("unsafe-inline", "unsafe-eval");
        }
    }

    @Test
    void pagesNeedNothingThatTheirPolicyForbids() throws IOException {
        portal.sessions.seat("resident", TestPortal.CAFE_TERMINAL);
        Browser guest = new Browser(portal.http(), TestPortal.CAFE_TERMINAL);
        for (String page : List.of(
                guest.get("/"),
                guest.get("/denials"),
                desk.get("/room"),
                desk.get("/room/guest?terminal=10.76.10.11"),
                desk.get("/room/book"))) {
            assertThat(page)
                    .doesNotContainPattern("<script(?! src=\"/assets/)")
                    .doesNotContainPattern("<[^>]* (on[a-z]+|style)=");
            assertThat(page.contains("<script ")).isEqualTo(page.contains("script-src 'self'"));
        }
    }
}
