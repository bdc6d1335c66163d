package kwangmyong.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Visited;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service.StartException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomTest {
    static final Map<String, String> OPERATOR = Map.of("name", "operator", "password", "operator-demo");
    private static final Map<String, String> RESIDENT = Map.of("name", "resident", "password", "resident-demo");
    private static final Pattern SESSION = Pattern.compile("name=\"session\" value=\"([^\"]+)\"");

    private TestPortal portal;
    private Browser desk;
    private Browser guest;

    @BeforeEach
    void open() throws StartException {
        portal = TestPortal.open();
        desk = new Browser(portal.http(), "10.76.10.2");
        guest = new Browser(portal.http(), TestPortal.CAFE_TERMINAL);
    }

    @AfterEach
    void close() {
        portal.close();
    }

    private String session(String page) {
        Matcher session = SESSION.matcher(page);
        assertThat(session.find()).as(page).isTrue();
        return session.group(1);
    }

    @Test
    void showsStrangersTheLogInFormAndNothingElse() throws IOException {
        guest.submit("/login", "/login", RESIDENT);
        for (String page : List.of(
                "/room", "/room/guest?terminal=10.76.10.11", "/room/book", "/room/book.csv", "/room/bill?number=1")) {
            assertThat(desk.get(page))
                    .startsWith("HTTP/1.1 303")
                    .containsIgnoringCase("location: /room/login\r\n")
                    .doesNotContain("resident");
        }
        assertThat(desk.submit("/room/login", "/room/end", Map.of("session", "session-1")))
                .startsWith("HTTP/1.1 303");
        assertThat(portal.sessions.at(Addresses.parse(TestPortal.CAFE_TERMINAL)).subject())
                .isEqualTo("resident");
        assertThat(desk.get("/room/nowhere")).startsWith("HTTP/1.1 404");
        assertThat(desk.get("/roommate")).startsWith("HTTP/1.1 404");
    }

    @Test
    void refusesAWrongPasswordAndJournalsIt() throws IOException {
        assertThat(desk.submit("/room/login", "/room/login", Map.of("name", "operator", "password", "x")))
                .startsWith("HTTP/1.1 403")
                .contains("No such operator and password", "aria-describedby=\"fault\"")
                .doesNotContain("kwm-room=");
        assertThat(portal.journal.events()).extracting(Event::action).contains("log-in-refused");
    }

    @Test
    void showsWhoIsThereSinceWhenForHowMuchAndWhereTheyHaveBeen() throws IOException {
        guest.submit("/login", "/login", RESIDENT);
        portal.clock.advance(Duration.ofMinutes(30));
        assertThat(desk.submit("/room/login", "/room/login", OPERATOR))
                .startsWith("HTTP/1.1 303")
                .containsIgnoringCase("location: /room\r\n");
        assertThat(desk.get("/room"))
                .contains("10.76.10.11", "resident", "café", "30 min", "1 h 30 min", "US$4.10", "You are operator.");
        portal.book.visited.add(new Visited("naenara.com.kp", 7, 0, portal.clock.now()));
        portal.book.visited.add(new Visited("dailynk.com", 0, 3, portal.clock.now()));
        assertThat(desk.get("/room/guest?terminal=10.76.10.11")).contains("naenara.com.kp", "dailynk.com", ">3<");
        assertThat(portal.journal.events()).anySatisfy(event -> {
            assertThat(event.action()).isEqualTo("read-visits");
            assertThat(event.detail()).contains("operator operator");
        });
        assertThat(desk.get("/room/guest?terminal=10.76.10.99")).startsWith("HTTP/1.1 303");
        assertThat(desk.get("/room?lang=ko")).contains("봉사실", "30분", "4.10US$");
    }

    @Test
    void showsOfVeryManyHostsSomeAndSaysSo() throws IOException {
        guest.submit("/login", "/login", RESIDENT);
        desk.submit("/room/login", "/room/login", OPERATOR);
        for (int i = 0; i < 500; i++) {
            portal.book.visited.add(new Visited("host" + i + ".kp", 1, 0, portal.clock.now()));
        }
        assertThat(desk.get("/room/guest?terminal=10.76.10.11"))
                .contains("host199.kp", "more hosts than are shown")
                .doesNotContain("host200.kp");
    }

    @Test
    void extendsASessionAndEndsIt() throws IOException {
        guest.submit("/login", "/login", RESIDENT);
        desk.submit("/room/login", "/room/login", OPERATOR);
        String closely = "/room/guest?terminal=10.76.10.11";
        String session = session(desk.get(closely));
        assertThat(desk.submit(closely, "/room/extend", Map.of("session", session, "minutes", "30")))
                .startsWith("HTTP/1.1 303")
                .containsIgnoringCase("location: /room/guest?terminal=10.76.10.11&news=extended\r\n");
        assertThat(desk.get(closely + "&news=extended")).contains("2 h 30 min", "The session lasts longer now.");
        for (String minutes : List.of("0", "-5", "1441", "99999", "ten", "")) {
            assertThat(desk.submit(closely, "/room/extend", Map.of("session", session, "minutes", minutes)))
                    .startsWith("HTTP/1.1 400");
        }
        assertThat(desk.submit("/room", "/room/end", Map.of("session", session)))
                .containsIgnoringCase("location: /room?news=ended\r\n");
        assertThat(guest.get("/")).contains("Nobody is logged in here");
        assertThat(desk.submit("/room", "/room/end", Map.of("session", session)))
                .as("again")
                .containsIgnoringCase("location: /room?news=gone\r\n");
    }

    @Test
    void lookingIsOneScopeAndEndingAnother() throws IOException {
        guest.submit("/login", "/login", RESIDENT);
        desk.submit("/room/login", "/room/login", OPERATOR);
        String session = session(desk.get("/room"));
        portal.scopes = Set.of(Scope.READ);
        assertThat(desk.get("/room")).startsWith("HTTP/1.1 200");
        assertThat(desk.submit("/room", "/room/end", Map.of("session", session)))
                .startsWith("HTTP/1.1 403")
                .contains("may not end or extend sessions");
        portal.scopes = Set.of(Scope.CLOCK);
        assertThat(desk.get("/room")).startsWith("HTTP/1.1 403").doesNotContain("resident");
    }

    @Test
    void keepsTheBookOfADay() throws IOException {
        guest.submit("/login", "/login", RESIDENT);
        portal.clock.advance(Duration.ofMinutes(45));
        guest.submit("/", "/logout", Map.of());
        portal.sessions.seat("delegate", "10.76.10.12");
        desk.submit("/room/login", "/room/login", OPERATOR);
        assertThat(desk.get("/room/book"))
                .contains("B00001", "45 min", "US$6.14", "logged out", "delegate", "still there")
                .contains("<dt>Sessions ended</dt><dd>1</dd>")
                .doesNotContain("The day after");
        assertThat(desk.get("/room/book?day=2026-02-28")).contains("No session ended on this day.", "The day after");
        assertThat(desk.get("/room/book?day=2031-01-01"))
                .as("a day to come is today")
                .contains("B00001");
        assertThat(desk.get("/room/book?day=yesterday")).startsWith("HTTP/1.1 400");
        assertThat(desk.get("/room/book.csv?day=2026-03-01"))
                .containsIgnoringCase("content-type: text/csv;charset=utf-8")
                .contains("filename=\"logbook-2026-03-01.csv\"")
                .endsWith(String.join(
                        "\r\n",
                        "",
                        "",
                        "number,subject,terminal,attachment,since,until,minutes,usd_per_hour,usd,end",
                        "B00001,resident,10.76.10.11,cafe,2026-03-01T09:00:00Z,2026-03-01T09:45:00Z,45,8.19,6.14,logged-out",
                        ""));
        assertThat(desk.get("/room/bill?number=B00001&day=2026-03-01")).contains("US$6.14", "US$8.19 an hour");
        assertThat(desk.get("/room/bill?number=B9&day=2026-03-01")).startsWith("HTTP/1.1 404");
    }

    @Test
    void givesTheBillAtLogOut() throws IOException {
        guest.submit("/login", "/login", RESIDENT);
        portal.clock.advance(Duration.ofMinutes(90));
        assertThat(guest.get("/")).contains("Left", "30 min", "data-seconds-left=\"1800\"", "90 min, US$12.29");
        assertThat(guest.submit("/", "/logout", Map.of())).containsIgnoringCase("location: /bill?news=logged-out\r\n");
        assertThat(guest.get("/bill?news=logged-out"))
                .contains("You are logged out.", "B00001", "1 h 30 min", "US$12.29", "logged out");
        assertThat(guest.get("/bill?lang=ko")).contains("계산서", "1시간 30분", "12.29US$");
    }

    @Test
    void saysThatTheMinutesAreUsedUpAndWhatTheyCost() throws IOException {
        guest.submit("/login", "/login", RESIDENT);
        portal.clock.advance(Duration.ofHours(2));
        portal.sessions.expire();
        assertThat(guest.get("/?lang=en"))
                .contains(
                        "Nobody is logged in here", "The minutes are used up: 2 h 0 min, US$16.38.", "href=\"/bill\"");
        assertThat(guest.get("/bill")).contains("minutes used up", "US$16.38");
    }

    @Test
    void showsABillToNobodyElse() throws IOException {
        assertThat(guest.get("/bill")).as("before any").startsWith("HTTP/1.1 303");
        guest.submit("/login", "/login", RESIDENT);
        guest.submit("/", "/logout", Map.of());
        assertThat(new Browser(portal.http(), "10.76.10.12").get("/bill"))
                .as("another terminal")
                .startsWith("HTTP/1.1 303");
        portal.sessions.seat("delegate", TestPortal.CAFE_TERMINAL);
        assertThat(guest.get("/bill")).as("the next guest").startsWith("HTTP/1.1 303");
        assertThat(guest.get("/")).doesNotContain("resident");
    }
}
