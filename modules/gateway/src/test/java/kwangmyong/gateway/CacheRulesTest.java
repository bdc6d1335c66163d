package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 by its sections, as conversations: what a host says, what clients ask, and what each of them sees. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // start comes first
class CacheRulesTest {
    private static final String WORLD = "203.0.113.9";
    private static final int LARGEST = 500_000;

    @TempDir
    Path folder;

    private GatewayFixture gateway;
    private Origin origin;
    private String site;

    /** A host that answers GET with these, one after another, and then the last again; anything else with 204. */
    private void start(String... answers) throws Exception {
        origin = new Origin("127.0.113.9", visit -> {
            for (String head = visit.head(); head != null; head = visit.head()) {
                int turn = (int) origin.heads().stream()
                        .filter(each -> each.startsWith("GET"))
                        .count();
                boolean reads = head.startsWith("GET") || head.startsWith("HEAD");
                visit.say(reads ? answers[Math.min(answers.length, turn) - 1] : changed());
            }
        });
        gateway = new GatewayFixture(access -> ScriptedPolicy.allow("test"))
                .with(config -> config.withCache(
                        new CacheConfig(folder, List.of(new NamePattern(".kcna.kp")), 1_000_000, LARGEST)));
        gateway.sessions.with("trader", "10.76.20.12");
        site = gateway.name("kcna.kp", origin, WORLD);
        gateway.start();
    }

    private static String changed() {
        return "HTTP/1.1 201 Created\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n";
    }

    private static String ok(String fields, String body) {
        return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String notModified(String fields) {
        return "HTTP/1.1 304 Not Modified\r\n" + fields + "\r\n";
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private String ask(String method, String path, String more) throws IOException {
        return ask(method, path, more, GatewayFixture.TERMINAL);
    }

    private String ask(String method, String path, String more, String terminal) throws IOException {
        try (Client client = Client.from(terminal, gateway.address())) {
            client.say(method + " http://" + site + path + " HTTP/1.1\r\nHost: " + site + "\r\nConnection: close\r\n"
                    + more + "\r\n");
            return client.rest();
        }
    }

    private String get(String more) throws IOException {
        return ask("GET", "/", more);
    }

    /** Asks once, and waits until the answer is on disk. */
    private void fill() throws IOException {
        get("");
        await().until(() -> {
            try (Stream<Path> files = Files.list(folder)) {
                return files.findAny().isPresent();
            }
        });
    }

    private List<String> asked() {
        return origin.heads();
    }

    @Test
    void section3KeepsChunkedAnswersOnceTheyAreWhole() throws Exception {
        start(
                "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nanna\r\n2\r\nls\r\n0\r\n\r\n");
        fill();

        assertThat(get("")).contains("Content-Length: 6\r\n").endsWith("\r\n\r\nannals");
        assertThat(asked()).hasSize(1);
    }

    @Test
    void section3KeepsHeadsAsLargeAsTheyMayCome() throws Exception {
        String most =
                IntStream.range(0, 126).mapToObj(i -> "X-" + i + ": 1\r\n").collect(Collectors.joining());
        start(ok("Cache-Control: max-age=60\r\n" + most, "annals"));
        fill();

        assertThat(get("")).contains("x-125: 1\r\n").endsWith("\r\n\r\nannals");
        assertThat(get("Range: bytes=0-1\r\n")).startsWith("HTTP/1.1 206 ").endsWith("\r\n\r\nan");
        assertThat(asked()).hasSize(1);
    }

    @Test
    void section434LetsNoHeadGrowWithoutEnd() throws Exception {
        String large = IntStream.range(0, 6)
                .mapToObj(i -> "X-" + i + ": " + "a".repeat(10_000) + "\r\n")
                .collect(Collectors.joining());
        start(
                ok("Cache-Control: no-cache\r\nETag: \"1\"\r\n" + large, "annals"),
                notModified("ETag: \"1\"\r\n" + large.replace("X-", "Y-")));
        fill();

        assertThat(get("")).contains("x-5: ").doesNotContain("y-5: ").endsWith("\r\n\r\nannals");
        assertThat(get("")).endsWith("\r\n\r\nannals");
    }

    @Test
    void section31KeepsNothingThatConcernedOneConnectionAlone() throws Exception {
        start(
                "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nConnection: X-Hop\r\nX-Hop: 1\r\nContent-Length: 0\r\n\r\n");
        fill();

        assertThat(get("")).contains("age: 0").doesNotContainIgnoringCase("x-hop");
    }

    @Test
    void section422GuessesALifetimeFromLastModified() throws Exception {
        start(ok("Date: Sun, 01 Mar 2026 09:00:00 GMT\r\nLast-Modified: Sun, 01 Mar 2026 08:00:00 GMT\r\n", "old"));
        fill();
        gateway.clock.advance(Duration.ofMinutes(5));

        assertThat(get("")).contains("age: 300\r\n");
        gateway.clock.advance(Duration.ofMinutes(1));
        get("");
        assertThat(asked()).hasSize(2);
    }

    @Test
    void section431AsksTheHostWhetherWhatIsStaleStillHolds() throws Exception {
        start(
                ok("Cache-Control: max-age=10\r\nETag: \"a\"\r\nX-Seen: 1\r\nX-Kept: 1\r\n", "body"),
                notModified("Cache-Control: max-age=20\r\nETag: \"a\"\r\nX-Seen: 2\r\nContent-Length: 9\r\n"));
        fill();
        gateway.clock.advance(Duration.ofSeconds(11));

        assertThat(get(""))
                .startsWith("HTTP/1.1 200 OK")
                .contains("x-seen: 2", "x-kept: 1", "Content-Length: 4\r\n", "age: 0\r\n")
                .endsWith("body");
        assertThat(asked().get(1)).contains("if-none-match: \"a\"");
        gateway.clock.advance(Duration.ofSeconds(15));
        assertThat(get("")).contains("age: 15\r\n").endsWith("body");
        assertThat(asked()).as("what was confirmed is fresh again").hasSize(2);
    }

    @Test
    void section432AnswersWhatTheClientAsksAboutOutOfWhatIsKept() throws Exception {
        start(ok(
                "Cache-Control: max-age=60\r\nETag: W/\"a\"\r\nLast-Modified: Sun, 01 Mar 2026 08:00:00 GMT\r\n",
                "body"));
        fill();

        assertThat(get("If-None-Match: \"x\", \"a\"\r\n"))
                .startsWith("HTTP/1.1 304 Not Modified")
                .contains("etag: W/\"a\"", "age: 0")
                .endsWith("\r\n\r\n");
        assertThat(get("If-None-Match: \"b\"\r\nIf-Modified-Since: Sun, 01 Mar 2026 08:00:00 GMT\r\n"))
                .startsWith("HTTP/1.1 200 OK");
        assertThat(get("If-Modified-Since: Sun, 01 Mar 2026 08:00:00 GMT\r\n")).startsWith("HTTP/1.1 304 ");
        assertThat(get("If-Modified-Since: Sun, 01 Mar 2026 07:59:59 GMT\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(asked()).hasSize(1);
    }

    @Test
    void section433TakesANewAnswerInThePlaceOfTheOld() throws Exception {
        start(
                ok("Cache-Control: max-age=10\r\nETag: \"a\"\r\n", "first"),
                ok("Cache-Control: max-age=10\r\nETag: \"b\"\r\n", "second"));
        fill();
        gateway.clock.advance(Duration.ofSeconds(11));

        assertThat(get("")).endsWith("second");
        await().until(() -> get("").contains("age: "));
        assertThat(get("")).endsWith("second");
    }

    @Test
    void section434ServesNothingStaleWhereTheHostFails() throws Exception {
        start(
                ok("Cache-Control: max-age=10\r\nETag: \"a\"\r\n", "first"),
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        fill();
        gateway.clock.advance(Duration.ofSeconds(11));

        assertThat(get("")).startsWith("HTTP/1.1 503 ");
    }

    @ParameterizedTest
    @CsvSource({"POST, /", "PUT, /", "DELETE, /", "M-SEARCH, /", "POST, /elsewhere"})
    void section44ForgetsWhatAnUnsafeRequestChanged(String method, String path) throws Exception {
        start(ok("Cache-Control: max-age=60\r\n", "body"));
        boolean named = path.equals("/elsewhere"); // whose answer names /other
        ask("GET", named ? "/other" : "/", "");
        await().until(() -> ask("GET", named ? "/other" : "/", "").contains("age: "));
        int before = asked().size();
        ask(method, path, "Content-Length: 0\r\n");

        assertThat(ask("GET", named ? "/other" : "/", "")).doesNotContain("age: ");
        assertThat(asked()).hasSize(before + 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Age: 59 | true",
                "Age: 60 | false",
                "Age: 99999999999999 | false",
                "Age: 60, 0 | false",
                "Age: 0, 60 | true",
                "Age: soon | true",
                "Age: -1 | true",
                "Age: 60.0 | true"
            })
    void section51TakesTheFirstAgeThatIsANumber(String age, boolean fresh) throws Exception {
        start(ok("Cache-Control: max-age=60\r\nETag: \"a\"\r\n" + age + "\r\n", "body"));
        fill();

        get("");
        assertThat(asked()).hasSize(fresh ? 1 : 2);
    }

    @Test
    void section521AsksTheHostAboutWhatIsFreshWhereTheClientWantsItTo() throws Exception {
        start(ok("Cache-Control: max-age=60\r\nETag: \"a\"\r\n", "body"), notModified(""));
        fill();

        assertThat(get("Cache-Control: no-cache\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("body");
        assertThat(asked().get(1)).contains("if-none-match: \"a\"");
    }

    @Test
    void section522KeepsNoCacheButNeverServesItUnasked() throws Exception {
        start(ok("Cache-Control: no-cache, max-age=60\r\nETag: \"a\"\r\n", "body"), notModified(""));
        fill();

        assertThat(get("")).endsWith("body");
        assertThat(get("")).endsWith("body");
        assertThat(asked()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 01 Mar 2026 09:01:00 GMT | true",
                "Sunday, 01-Mar-26 09:01:00 GMT | true",
                "Sun Mar  1 09:01:00 2026 | true",
                "Sun, 01 Mar 2026 09:00:00 GMT | false",
                "Sun, 01 Mar 2026 09:01:00 UTC | false",
                "Sun, 01 Mar 26 09:01:00 GMT | false",
                "Sun 01 Mar 2026 09:01:00 GMT | false",
                "Sun, 01-Mar-2026 09:01:00 GMT | false",
                "Sun, 01 Mar 2026 9:01:00 GMT | false",
                "0 | false"
            })
    void section53TakesWhatIsNoDateForThePast(String expires, boolean fresh) throws Exception {
        start(ok("Expires: " + expires + "\r\nETag: \"a\"\r\n", "body"));
        fill();

        get("");
        assertThat(asked()).hasSize(fresh ? 1 : 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=2-4 | 206 | bytes 2-4/10 | 234",
                "bytes=7- | 206 | bytes 7-9/10 | 789",
                "bytes=-2 | 206 | bytes 8-9/10 | 89",
                "bytes=8-99 | 206 | bytes 8-9/10 | 89",
                "bytes=10- | 416 | bytes */10 |",
                "bytes=0-1,3-4 | 200 | | 0123456789",
                "lines=0-1 | 200 | | 0123456789"
            })
    void servesPartsOfWhatIsKeptWhole(String range, int status, String contentRange, String body) throws Exception {
        start(ok("Cache-Control: max-age=60\r\nETag: \"a\"\r\n", "0123456789"));
        fill();

        String answer = get("Range: " + range + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status).endsWith("\r\n\r\n" + (body == null ? "" : body));
        if (contentRange != null) {
            assertThat(answer).contains("content-range: " + contentRange + "\r\n");
        }
        assertThat(get("Range: " + range + "\r\nIf-Range: \"b\"\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(asked()).hasSize(1);
    }

    @Test
    void servesTheHeadOfWhatIsKept() throws Exception {
        start(ok("Cache-Control: max-age=60\r\n", "0123456789"));
        fill();

        assertThat(ask("HEAD", "/", ""))
                .contains("Content-Length: 10\r\n", "age: 0")
                .endsWith("\r\n\r\n");
        assertThat(asked()).hasSize(1);
    }

    @Test
    void servesWhatIsLargeInPiecesAndAgainWhereItsBodyIsGone() throws Exception {
        String large = "0123456789".repeat(40_000);
        start(ok("Cache-Control: max-age=60\r\nETag: \"a\"\r\n", large));
        fill();

        assertThat(get("")).contains("age: 0").endsWith("\r\n\r\n" + large);
        assertThat(asked()).hasSize(1);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(get("")).doesNotContain("age: ").endsWith("\r\n\r\n" + large);
    }

    @Test
    void asksNoHostForWhoMayNotHaveIt() throws Exception {
        start(ok("Cache-Control: max-age=10\r\nETag: \"a\"\r\n", "body"), notModified(""));
        fill();
        gateway.policy.become(access -> "trader".equals(access.who().subject())
                ? ScriptedPolicy.deny(Reason.CLEARANCE, Presentation.Http.BLOCK_PAGE)
                : ScriptedPolicy.allow("test"));
        gateway.clock.advance(Duration.ofSeconds(11));

        assertThat(ask("GET", "/", "", "127.76.20.12")).startsWith("HTTP/1.1 451 ");
        assertThat(ask("GET", "/", "If-None-Match: \"a\"\r\n", "127.76.20.12")).startsWith("HTTP/1.1 451 ");
        assertThat(asked()).hasSize(1);
    }
}
