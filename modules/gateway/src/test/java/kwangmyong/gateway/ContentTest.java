package kwangmyong.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import kwangmyong.gateway.content.ContentRule;
import kwangmyong.gateway.content.Keywords;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.policy.NamePattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What pages may be and hold. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // start comes first
final class ContentTest {
    private static final String WORD = "불온";

    private GatewayFixture gateway;
    private Origin origin;
    private String site;
    private byte[] answer = new byte[0];

    private void start(ContentRule rule) throws Exception {
        gateway = GatewayFixture.allowingAll().with(config -> config.withContent(List.of(rule)));
        origin = new Origin(GatewayFixture.SITE, visit -> {
            while (visit.head() != null) {
                for (byte octet : answer) { // in as many segments as may be
                    visit.out.write(octet);
                    visit.out.flush();
                }
            }
        });
        site = gateway.name("namsan.aca.kp", origin);
        gateway.start();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private static ContentRule rule(
            List<String> paths, Set<String> methods, Set<String> types, long larger, @Nullable Keywords words) {
        return new ContentRule(
                "content",
                List.of(new NamePattern(".aca.kp")),
                Set.of("academic"),
                paths,
                methods,
                types,
                larger,
                words,
                0,
                Presentation.Http.FORBIDDEN);
    }

    private void answers(String type, String more, byte[] body) {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        answer = new byte[head.length + body.length];
        System.arraycopy(head, 0, answer, 0, head.length);
        System.arraycopy(body, 0, answer, head.length, body.length);
    }

    private String ask(String request) throws IOException {
        try (Client client = gateway.client()) {
            client.say(request.replace("$SITE", site));
            client.socket.shutdownOutput();
            return client.rest();
        }
    }

    private String get(String path) throws IOException {
        return ask("GET http://$SITE" + path
                + " HTTP/1.1\r\nHost: $SITE\r\nAccept-Encoding: gzip\r\nRange: bytes=0-\r\n\r\n");
    }

    private void isJournaled(String detail) {
        assertThat(gateway.journal.events()).anySatisfy(event -> {
            assertThat(requireNonNull(event.decision()).reason()).isEqualTo(Reason.CONTENT);
            assertThat(requireNonNull(event.decision()).rule()).isEqualTo("content");
            assertThat(event.detail()).contains(detail);
        });
    }

    @Test
    void deniesAPathHoweverItIsSpelled() throws Exception {
        start(rule(List.of("/secret/"), Set.of(), Set.of(), -1, null));
        answers("text/plain", "Content-Length: 2\r\n", new byte[2]);
        for (String path : List.of(
                "/secret/a", "/%73ecret/a", "/x/../secret/a", "//secret//a", "/x/%2e%2e/secret/a", "/./secret/?b")) {
            assertThat(get(path)).as(path).startsWith("HTTP/1.1 403 ").contains("<code>content</code>");
        }
        assertThat(origin.heads()).isEmpty();
        assertThat(get("/secrets")).startsWith("HTTP/1.1 200 ");
        isJournaled("path or method");
    }

    @Test
    void deniesAMethod() throws Exception {
        start(rule(List.of(), Set.of("POST"), Set.of(), -1, null));
        answers("text/plain", "Content-Length: 2\r\n", new byte[2]);
        assertThat(ask("POST http://$SITE/ HTTP/1.1\r\nHost: $SITE\r\nContent-Length: 2\r\n\r\nab"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(get("/")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void deniesAMediaTypeBeforeAnOctetOfItIsSeen() throws Exception {
        start(rule(List.of(), Set.of(), Set.of("video/*"), -1, null));
        answers("Video/MP4; codecs=x", "Content-Length: 5\r\n", "SEEN!".getBytes(StandardCharsets.US_ASCII));
        assertThat(get("/")).startsWith("HTTP/1.1 403 ").doesNotContain("SEEN");
        answers("text/plain", "Content-Length: 5\r\n", "SEEN!".getBytes(StandardCharsets.US_ASCII));
        assertThat(get("/")).startsWith("HTTP/1.1 200 ").endsWith("SEEN!");
        isJournaled("type");
    }

    @Test
    void deniesASizeByItsLengthAndInTheMiddle() throws Exception {
        start(rule(List.of(), Set.of(), Set.of(), 100, null));
        answers("text/plain", "Content-Length: 101\r\n", new byte[101]);
        assertThat(get("/")).startsWith("HTTP/1.1 403 ");
        answers("text/plain", "Content-Length: 100\r\n", new byte[100]);
        assertThat(get("/")).startsWith("HTTP/1.1 200 ");
        answers(
                "text/plain",
                "Transfer-Encoding: chunked\r\n",
                ("50\r\n" + "a".repeat(80) + "\r\n50\r\n" + "b".repeat(80) + "\r\n0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(get("/")).startsWith("HTTP/1.1 200 ").doesNotEndWith("0\r\n\r\n");
        isJournaled("larger");
    }

    @Test
    void letsNobodyHaveInPartsWhatIsDeniedWhole() throws Exception {
        start(rule(List.of(), Set.of(), Set.of(), 100, null));
        answers("text/plain", "Content-Length: 2\r\n", new byte[2]);
        assertThat(get("/")).startsWith("HTTP/1.1 200 ");
        assertThat(origin.heads())
                .singleElement()
                .asString()
                .contains("Accept-Encoding: gzip")
                .doesNotContain("Range");
    }

    @Test
    void letsNobodyHaveAMediaTypeAsPartsOfOne() throws Exception {
        start(rule(List.of(), Set.of(), Set.of("video/*"), -1, null));
        answers("text/plain", "Content-Length: 2\r\n", new byte[2]);
        assertThat(get("/")).startsWith("HTTP/1.1 200 ");
        assertThat(origin.heads()).singleElement().asString().doesNotContain("Range");
    }

    @Test
    void readsFormsAsTheirFieldsSay() throws Exception {
        start(rule(List.of(), Set.of(), Set.of(), -1, Keywords.of(List.of(WORD, "two words"))));
        answers("text/plain", "Content-Length: 2\r\n", new byte[2]);
        assertThat(get("/search?q=two+words")).startsWith("HTTP/1.1 403 ");
        isJournaled("target holds a keyword: two words");
        assertThat(post("text/plain", "two+words")).startsWith("HTTP/1.1 200 ");
        assertThat(post("application/x-www-form-urlencoded; charset=UTF-8", "q=%%4two+word%73"))
                .startsWith("HTTP/1.1 403 ");
        isJournaled("body holds a keyword: two words");
        for (String charset : List.of("UTF-8", "EUC-KR")) {
            String body = "a=1&q=" + URLEncoder.encode(WORD, Charset.forName(charset));
            assertThat(post("application/x-www-form-urlencoded", body)).startsWith("HTTP/1.1 403 ");
        }
        isJournaled("body holds a keyword: " + WORD);
    }

    /** In chunks of an octet each. */
    private String post(String type, String body) throws IOException {
        StringBuilder chunks = new StringBuilder();
        for (int i = 0; i < body.length(); i++) {
            chunks.append("1\r\n").append(body.charAt(i)).append("\r\n");
        }
        return ask("POST http://$SITE/ HTTP/1.1\r\nHost: $SITE\r\nTransfer-Encoding: chunked\r\nContent-Type: " + type
                + "\r\n\r\n" + chunks + "0\r\n\r\n");
    }

    @Test
    void breaksOffAnAnswerAtAKeywordInEitherEncoding() throws Exception {
        start(rule(List.of(), Set.of(), Set.of(), -1, Keywords.of(List.of(WORD, "Forbidden"))));
        for (String charset : List.of("UTF-8", "EUC-KR")) {
            byte[] body = ("before " + WORD + " after").getBytes(Charset.forName(charset));
            answers("text/plain", "Content-Length: " + body.length + "\r\n", body);
            assertThat(get("/")).startsWith("HTTP/1.1 200 ").doesNotContain("after");
        }
        answers("text/plain", "Content-Length: 9\r\n", "fORBIDDEN".getBytes(StandardCharsets.US_ASCII));
        assertThat(get("/")).doesNotContain("fORBIDDEN");
        assertThat(origin.heads())
                .allMatch(head -> head.contains("Accept-Encoding: gzip\r\n") && !head.contains("Range"));
        isJournaled(WORD);
    }

    @Test
    void deniesWhatACodingHides() throws Exception {
        start(rule(List.of(), Set.of(), Set.of(), -1, Keywords.of(List.of(WORD))));
        for (String coding : List.of("br", "deflate", "gzip, gzip")) {
            answers("text/plain", "Content-Encoding: " + coding + "\r\nContent-Length: 5\r\n", new byte[5]);
            assertThat(get("/")).startsWith("HTTP/1.1 403 ");
        }
        isJournaled("the answer is in a coding that hides its words");
        assertThat(
                        ask(
                                "POST http://$SITE/ HTTP/1.1\r\nHost: $SITE\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\na"))
                .startsWith("HTTP/1.1 403 ");
        isJournaled("the request is in a coding that hides its words");
    }

    @Test
    void looksIntoGzipAndPassesItOnAsItCame() throws Exception {
        start(rule(List.of(), Set.of(), Set.of(), -1, Keywords.of(List.of(WORD))));
        byte[] fine = gzip("nothing of the kind ".repeat(100));
        answers("text/plain", "Content-Encoding: gzip\r\nContent-Length: " + fine.length + "\r\n", fine);
        try (Client client = gateway.client()) {
            client.say("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site
                    + "\r\nAccept-Encoding: br, gzip;q=0.5\r\n\r\n");
            assertThat(client.head()).contains("Content-Encoding: gzip");
            assertThat(client.in.readNBytes(fine.length)).isEqualTo(fine);
        }
        byte[] denied = gzip("before " + WORD + " after");
        answers("text/plain", "Content-Encoding: gzip\r\nContent-Length: " + denied.length + "\r\n", denied);
        assertThat(get("/")).doesNotEndWith(new String(denied, denied.length - 8, 8, StandardCharsets.ISO_8859_1));
        isJournaled("the answer holds a keyword: " + WORD);
        answers(
                "text/plain",
                "Content-Encoding: gzip\r\nContent-Length: 9\r\n",
                "not gzip!".getBytes(StandardCharsets.US_ASCII));
        assertThat(get("/")).doesNotContain("not gzip!");
        isJournaled("cannot be read");
    }

    @Test
    void looksIntoAGzipRequest() throws Exception {
        start(rule(List.of(), Set.of(), Set.of(), -1, Keywords.of(List.of(WORD))));
        answers("text/plain", "Content-Length: 2\r\n", new byte[2]);
        byte[] body = gzip("before " + WORD);
        assertThat(ask("POST http://$SITE/ HTTP/1.1\r\nHost: $SITE\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + body.length + "\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1)))
                .startsWith("HTTP/1.1 403 ");
        isJournaled("the request's body holds a keyword: " + WORD);
    }

    private static byte[] gzip(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var coded = new GZIPOutputStream(out)) {
            coded.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void deniesAKeywordInTheTargetAndInTheBody() throws Exception {
        start(rule(List.of(), Set.of(), Set.of(), -1, Keywords.of(List.of(WORD))));
        answers("text/plain", "Content-Length: 2\r\n", new byte[2]);
        assertThat(get("/search?q=" + URLEncoder.encode(WORD, StandardCharsets.UTF_8)))
                .startsWith("HTTP/1.1 403 ");
        assertThat(get("/search?q=" + URLEncoder.encode(WORD, Charset.forName("EUC-KR"))))
                .startsWith("HTTP/1.1 403 ");
        String word = new String(WORD.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(ask("POST http://$SITE/ HTTP/1.1\r\nHost: $SITE\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
                        + word.substring(0, 2) + "\r\n4\r\n" + word.substring(2) + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void slowsAnAnswerDown() throws Exception {
        ContentRule plain = rule(List.of(), Set.of(), Set.of(), -1, null);
        gateway = GatewayFixture.allowingAll()
                .with(config -> config.withContent(List.of(new ContentRule(
                        "slow",
                        plain.names(),
                        Set.of(),
                        List.of(),
                        Set.of(),
                        Set.of(),
                        -1,
                        null,
                        100_000,
                        plain.denial()))));
        origin = new Origin(GatewayFixture.SITE, visit -> {
            visit.head();
            visit.say("HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n" + "a".repeat(400_000));
        });
        site = gateway.name("namsan.aca.kp", origin);
        gateway.start();
        long began = System.nanoTime();
        try (Client client = gateway.client()) {
            client.say("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
            client.head();
            assertThat(client.in.readNBytes(400_000)).hasSize(400_000);
        }
        assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
    }
}
