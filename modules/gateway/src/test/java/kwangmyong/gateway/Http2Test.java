package kwangmyong.gateway;

import static java.util.Objects.requireNonNull;
import static kwangmyong.gateway.FrameClient.CONTINUATION;
import static kwangmyong.gateway.FrameClient.GOAWAY;
import static kwangmyong.gateway.FrameClient.HEADERS;
import static kwangmyong.gateway.FrameClient.PING;
import static kwangmyong.gateway.FrameClient.RST_STREAM;
import static kwangmyong.gateway.FrameClient.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import kwangmyong.gateway.FrameClient.Frame;
import kwangmyong.gateway.FrameClient.Reply;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 from clients (RFC 9113), frame by frame. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class Http2Test {
    private static final int NO_ERROR = 0;
    private static final int PROTOCOL_ERROR = 1;
    private static final int FLOW_CONTROL_ERROR = 3;
    private static final int STREAM_CLOSED = 5;
    private static final int ENHANCE_YOUR_CALM = 11;

    private GatewayFixture gateway;
    private Origin origin;
    private String site;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayFixture(Http2Test::rules).with(config -> config.withTimeouts(timeouts()));
        origin = new Origin(GatewayFixture.SITE, Http2Test::serve);
        site = gateway.name("namsan.aca.kp", origin);
        gateway.name("dailynk.com", origin);
        gateway.start();
    }

    private static GatewayConfig.Timeouts timeouts() {
        Duration usual = Duration.ofSeconds(20);
        return new GatewayConfig.Timeouts(
                Duration.ofSeconds(2), usual, Duration.ofSeconds(2), usual, usual, usual, Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private static Decision rules(Access access) {
        return access.resource().name().equals("namsan.aca.kp")
                ? ScriptedPolicy.allow("reading")
                : ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE);
    }

    /** Says what it was asked, and with what body; {@code /big} is a megabyte, {@code /trailers} has such. */
    @SuppressWarnings("StringConcatToTextBlock") // its lines end in CRLF
    private static void serve(Origin.Visit visit) throws IOException {
        String head;
        while ((head = visit.head()) != null) {
            String body = body(visit, head.toLowerCase(Locale.ROOT));
            if (head.startsWith("GET /big ")) {
                visit.say("HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n" + "b".repeat(1 << 20));
            } else if (head.startsWith("GET /trailers ")) {
                visit.say(
                        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n");
            } else if (head.startsWith("GET /broken ")) {
                visit.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
                return;
            } else if (head.startsWith("HEAD")) {
                visit.say("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");
            } else {
                String said = head.substring(0, head.indexOf('\r')) + "|" + body;
                visit.say("HTTP/1.1 200 OK\r\nContent-Length: " + said.length() + "\r\n\r\n" + said);
            }
        }
    }

    private static String body(Origin.Visit visit, String head) throws IOException {
        int at = head.indexOf("content-length: ");
        if (at >= 0) {
            return Client.text(visit.in.readNBytes(Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)))));
        }
        StringBuilder body = new StringBuilder();
        while (head.contains("transfer-encoding: chunked")) {
            StringBuilder line = new StringBuilder();
            while (line.indexOf("\r\n") < 0) {
                line.append((char) visit.in.read());
            }
            int size = Integer.parseInt(line.substring(0, line.length() - 2), 16);
            body.append(Client.text(visit.in.readNBytes(size)));
            if (size == 0) {
                while (!line.toString().equals("\r\n")) {
                    line.setLength(0);
                    while (line.indexOf("\r\n") < 0) {
                        line.append((char) visit.in.read());
                    }
                    body.append(line.toString().strip());
                }
                return body.toString();
            }
            visit.in.readNBytes(2);
        }
        return body.toString();
    }

    private FrameClient client() throws IOException {
        return new FrameClient(gateway.client());
    }

    @Test
    void fetchesOnManyStreamsAtOnce() throws Exception {
        try (var client = client()) {
            for (int stream = 1; stream < 40; stream += 2) {
                client.get(stream, site, "/" + stream);
            }
            List<Integer> ended = new ArrayList<>();
            while (ended.size() < 20) {
                Frame frame = client.read();
                assertThat(frame).isNotNull();
                if (frame.type() == FrameClient.DATA && (frame.flags() & 1) != 0) {
                    ended.add(frame.stream());
                }
            }
            assertThat(ended).doesNotHaveDuplicates();
        }
        assertThat(origin.heads()).hasSize(20).allMatch(head -> head.contains("Via: 2.0 kwangmyong\r\n"));
    }

    @Test
    void streamsAMegabyteWithinTheWindows() throws Exception {
        try (var client = client()) {
            Reply reply = client.get(1, site, "/big").reply(1);
            assertThat(reply.status()).isEqualTo("200");
            assertThat(reply.body()).hasSize(1 << 20);
        }
    }

    @Test
    void passesInterimAnswersAndTrailersAndNothingOfTheConnection() throws Exception {
        try (var client = client()) {
            Reply reply = client.get(1, site, "/trailers").reply(1);
            assertThat(reply.status()).isEqualTo("103 200");
            assertThat(reply.headers())
                    .contains("link: </a>\n", "via: 1.1 kwangmyong\n", "x-sum: 1\n")
                    .doesNotContain("x-hop", "connection", "transfer-encoding");
            assertThat(reply.body()).isEqualTo("ok");
        }
    }

    @Test
    void uploadsWithAndWithoutALengthAndWithTrailers() throws Exception {
        try (var client = client()) {
            client.headers(
                            1,
                            false,
                            ":method",
                            "POST",
                            ":scheme",
                            "http",
                            ":authority",
                            site,
                            ":path",
                            "/",
                            "content-length",
                            "4",
                            "cookie",
                            "a=1",
                            "cookie",
                            "b=2")
                    .data(1, false, "ab")
                    .data(1, true, "cd");
            assertThat(client.reply(1).body()).isEqualTo("POST / HTTP/1.1|abcd");
            client.headers(3, false, ":method", "POST", ":scheme", "http", ":authority", site, ":path", "/")
                    .data(3, false, "xyz")
                    .headers(3, true, "x-sum", "1");
            assertThat(client.reply(3).body()).isEqualTo("POST / HTTP/1.1|xyzx-sum: 1");
            client.headers(5, false, ":method", "POST", ":scheme", "http", ":authority", site, ":path", "/")
                    .data(5, true, "");
            assertThat(client.reply(5).body()).isEqualTo("POST / HTTP/1.1|");
            client.headers(7, true, ":method", "HEAD", ":scheme", "http", ":authority", site, ":path", "/");
            Reply head = client.reply(7);
            assertThat(head.headers()).contains("content-length: 7\n");
            assertThat(head.body()).isEmpty();
        }
        assertThat(origin.heads().get(0)).contains("Content-Length: 4\r\n", "Cookie: a=1; b=2\r\n");
        assertThat(origin.heads().get(1)).contains("Transfer-Encoding: chunked\r\n");
    }

    @Test
    void presentsADenialOnItsStreamAlone() throws Exception {
        try (var client = client()) {
            Reply reply = client.get(1, site.replace("namsan.aca.kp", "dailynk.com"), "/")
                    .reply(1);
            assertThat(reply.status()).isEqualTo("451");
            assertThat(reply.body()).contains("이 망에서는 열람할 수 없습니다");
            assertThat(client.get(3, site, "/").reply(3).status()).isEqualTo("200");
        }
        assertThat(origin.heads()).hasSize(1);
    }

    @Test
    void carriesTunnelsBothWays() throws Exception {
        try (var client = client()) {
            client.headers(1, false, ":method", "CONNECT", ":authority", site)
                    .data(1, false, "GET /in HTTP/1.1\r\nHost: x\r\n\r\n");
            Frame head = requireNonNull(client.read(HEADERS));
            assertThat(head.stream()).isEqualTo(1);
            StringBuilder said = new StringBuilder();
            while (!said.toString().endsWith("GET /in HTTP/1.1|")) {
                said.append(Client.text(
                        requireNonNull(client.read(FrameClient.DATA)).payload()));
            }
            client.data(1, true, "");
            Frame last = requireNonNull(client.read(FrameClient.DATA));
            while ((last.flags() & 1) == 0) {
                last = requireNonNull(client.read(FrameClient.DATA));
            }
            assertThat(client.get(3, site, "/after").reply(3).status()).isEqualTo("200");
        }
    }

    @Test
    void cutsATunnelWhenTheRulesChange() throws Exception {
        try (var client = client()) {
            client.headers(1, false, ":method", "CONNECT", ":authority", site);
            client.read(HEADERS);
            gateway.policy.become(access -> ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE));
            Frame last = requireNonNull(client.read(FrameClient.DATA));
            assertThat(last.flags() & 1).isEqualTo(1);
            assertThat(client.read(RST_STREAM)).isNotNull();
        }
    }

    @Test
    void showsThatABodyWasCutShort() throws Exception {
        try (var client = client()) {
            Reply reply = client.get(1, site, "/broken").reply(1);
            assertThat(reply.body()).isEqualTo("abc");
            assertThat(reply.reset()).isPositive();
        }
    }

    @Test
    void showsTheWholeDenialOfARequestThatHasNotEnded() throws Exception {
        String denied = site.replace("namsan.aca.kp", "dailynk.com");
        try (var client = client()) {
            client.headers(1, false, ":method", "POST", ":scheme", "http", ":authority", denied, ":path", "/");
            Reply reply = client.reply(1);
            assertThat(reply.status()).isEqualTo("451");
            assertThat(reply.body()).endsWith("</html>\n");
            Frame reset = requireNonNull(client.read(RST_STREAM));
            assertThat(reset.code()).as("the rest is waived").isEqualTo(NO_ERROR);
            assertThat(client.get(3, site, "/").reply(3).status()).isEqualTo("200");
        }
    }

    @Test
    void saysOfAStreamWhatWasWrongWithIt() throws Exception {
        try (var client = client()) {
            post(client, 1).frame(FrameClient.WINDOW_UPDATE, 0, 1, new byte[4]);
            assertThat(client.reply(1).reset()).isEqualTo(PROTOCOL_ERROR);
            post(client, 3).frame(FrameClient.WINDOW_UPDATE, 0, 3, new byte[] {0x7f, -1, -1, -1});
            assertThat(client.reply(3).reset()).isEqualTo(FLOW_CONTROL_ERROR);
            post(client, 5, "content-length", "2").data(5, true, "abc");
            assertThat(client.reply(5).reset()).isEqualTo(PROTOCOL_ERROR);
            client.get(7, site, "/big").data(7, true, "after the end");
            assertThat(client.reply(7).reset()).isEqualTo(STREAM_CLOSED);
        }
    }

    private FrameClient post(FrameClient client, int stream, String... more) throws IOException {
        List<String> head =
                new ArrayList<>(List.of(":method", "POST", ":scheme", "http", ":authority", site, ":path", "/big"));
        head.addAll(List.of(more));
        return client.headers(stream, false, head.toArray(String[]::new));
    }

    static Stream<Arguments> malformed() {
        return heads().stream().map(head -> Arguments.of((Object) head));
    }

    private static List<String[]> heads() {
        String authority = "SITE";
        return List.of(
                new String[] {
                    ":method",
                    "GET",
                    ":scheme",
                    "http",
                    ":authority",
                    authority,
                    ":path",
                    "/ HTTP/1.1\r\nHost: dailynk.com"
                },
                new String[] {":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/a b"},
                new String[] {
                    ":method", "GET / HTTP/1.1\r\nX: ", ":scheme", "http", ":authority", authority, ":path", "/"
                },
                new String[] {":method", "G ET", ":scheme", "http", ":authority", authority, ":path", "/"},
                new String[] {":method", "GET", ":scheme", "http", ":authority", authority + "/x", ":path", "/"},
                new String[] {":method", "GET", ":scheme", "http", ":authority", "user@" + authority, ":path", "/"},
                new String[] {":method", "GET", ":scheme", "http", ":authority", authority, ":path", "x"},
                new String[] {":method", "GET", ":scheme", "http", ":authority", authority, ":path", ""},
                new String[] {":method", "GET", ":scheme", "http://dailynk.com/?", ":authority", authority, ":path", "/"
                },
                new String[] {":method", "GET", ":authority", authority, ":path", "/"},
                new String[] {":method", "GET", ":scheme", "http", ":path", "/"},
                new String[] {":scheme", "http", ":authority", authority, ":path", "/"},
                new String[] {
                    ":method", "GET", ":method", "POST", ":scheme", "http", ":authority", authority, ":path", "/"
                },
                new String[] {
                    ":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "x", "a\r\nkwm-asker: b"
                },
                new String[] {":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "x", "a\nb: c"
                },
                new String[] {":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "x", "a\0b"},
                new String[] {
                    ":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "x: y\r\nz", "a"
                },
                new String[] {":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "x:", "a"},
                new String[] {":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "X", "a"},
                new String[] {":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "", "a"},
                new String[] {
                    ":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "connection", "close"
                },
                new String[] {
                    ":method",
                    "GET",
                    ":scheme",
                    "http",
                    ":authority",
                    authority,
                    ":path",
                    "/",
                    "transfer-encoding",
                    "chunked"
                },
                new String[] {
                    ":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "upgrade", "websocket"
                },
                new String[] {":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "te", "gzip"},
                new String[] {
                    ":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "host", "dailynk.com"
                },
                new String[] {
                    ":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", "content-length", "5"
                },
                new String[] {
                    ":method",
                    "GET",
                    ":scheme",
                    "http",
                    ":authority",
                    authority,
                    ":path",
                    "/",
                    "content-length",
                    "0",
                    "content-length",
                    "1"
                },
                new String[] {":method", "GET", ":scheme", "http", "x", "y", ":authority", authority, ":path", "/"},
                new String[] {
                    ":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/", ":status", "200"
                },
                new String[] {":method", "CONNECT", ":scheme", "http", ":authority", authority, ":path", "/"},
                new String[] {
                    ":method",
                    "CONNECT",
                    ":protocol",
                    "websocket",
                    ":scheme",
                    "http",
                    ":authority",
                    authority,
                    ":path",
                    "/"
                },
                new String[] {":method", "CONNECT", ":authority", "namsan.aca.kp"});
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void sendsNothingOnOfAMalformedHead(String[] headers) throws Exception {
        for (int i = 0; i < headers.length; i++) {
            headers[i] = headers[i].replace("SITE", site);
        }
        Reply reply;
        try (var client = client()) {
            reply = client.headers(1, true, headers).reply(1);
            assertThat(reply.status().isEmpty() || reply.status().equals("400"))
                    .as("reset or 400 but " + reply)
                    .isTrue();
        }
        if (reply.status().equals("400")) { // what is reset, the codec refuses before there is a stream
            assertThat(gateway.journal.events())
                    .anySatisfy(
                            event -> assertThat(requireNonNull(event.decision()).reason())
                                    .isEqualTo(Reason.MALFORMED));
        }
        assertThat(origin.heads()).isEmpty();
    }

    @Test
    void holdsABodyToItsLength() throws Exception {
        for (String body : new String[] {"abc", "abcde"}) {
            try (var client = client()) {
                client.headers(
                                1,
                                false,
                                ":method",
                                "POST",
                                ":scheme",
                                "http",
                                ":authority",
                                site,
                                ":path",
                                "/",
                                "content-length",
                                "4")
                        .data(1, true, body);
                Reply reply = client.reply(1);
                assertThat(reply.status()).isIn("", "400");
            }
        }
    }

    @Test
    void answersBeforeABodyHasCome() throws Exception {
        try (var client = client()) {
            client.headers(
                    1,
                    false,
                    ":method",
                    "POST",
                    ":scheme",
                    "http",
                    ":authority",
                    site.replace("namsan.aca.kp", "dailynk.com"),
                    ":path",
                    "/");
            assertThat(client.reply(1).status()).isEqualTo("451");
            client.data(1, false, "still talking");
            assertThat(client.get(3, site, "/").reply(3).status()).isEqualTo("200");
        }
    }

    @Test
    void endsAConnectionOfRapidResets() throws Exception {
        try (var client = client()) {
            int stream = 1;
            try {
                for (; stream < 3_000; stream += 2) {
                    client.get(stream, site, "/").frame(RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
                }
            } catch (IOException ended) {
                // it did end, as is to be seen
            }
            Frame goodbye = client.read(GOAWAY);
            assertThat(goodbye == null ? ENHANCE_YOUR_CALM : goodbye.code()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(client.read(HEADERS)).isNull();
        }
    }

    @Test
    void endsAConnectionOfPings() throws Exception {
        try (var client = client()) {
            try {
                for (int i = 0; i < 20_000; i++) {
                    client.frame(PING, 0, 0, new byte[8]);
                }
            } catch (IOException ended) {
                // it did end, as is to be seen
            }
            Frame goodbye = client.read(GOAWAY);
            assertThat(goodbye == null || goodbye.code() == ENHANCE_YOUR_CALM).isTrue();
        }
    }

    @Test
    void endsAConnectionOfContinuations() throws Exception {
        try (var client = client()) {
            try {
                client.frame(HEADERS, 0, 1, block(":method", "GET"));
                for (int i = 0; i < 10_000; i++) {
                    client.frame(CONTINUATION, 0, 1, block("x", "y"));
                }
            } catch (IOException ended) {
                // it did end, as is to be seen
            }
            assertThat(client.rest()).doesNotContain(HEADERS);
        }
    }

    @Test
    void refusesAHeaderSectionPastItsLimit() throws Exception {
        try (var client = client()) {
            List<String> headers =
                    new ArrayList<>(List.of(":method", "GET", ":scheme", "http", ":authority", site, ":path", "/"));
            for (int i = 0; i < 8; i++) {
                headers.addAll(List.of("x" + i, "a".repeat(10_000)));
            }
            byte[] block = block(headers.toArray(String[]::new));
            client.frame(HEADERS, 1, 1, java.util.Arrays.copyOf(block, 16_000));
            for (int at = 16_000; at < block.length; at += 16_000) {
                int end = Math.min(block.length, at + 16_000);
                client.frame(
                        CONTINUATION, end == block.length ? 4 : 0, 1, java.util.Arrays.copyOfRange(block, at, end));
            }
            assertThat(client.reply(1).status()).isIn("", "431");
        }
        assertThat(origin.heads()).isEmpty();
    }

    @Test
    void letsNobodyKeepAConnectionForNothing() throws Exception {
        try (var client = client()) {
            Frame goodbye = client.read(GOAWAY);
            assertThat(goodbye).isNotNull();
            assertThat(goodbye.code()).isEqualTo(NO_ERROR);
            assertThat(client.read()).isNull();
        }
    }

    @Test
    void holdsAHostBackWhileAStreamIsNotRead() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (var fresh = GatewayFixture.allowingAll();
                var big = new Origin(GatewayFixture.SITE, visit -> {
                    visit.head();
                    visit.say("HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n");
                    for (int i = 0; i < 20_000; i++) {
                        visit.say("x".repeat(10_000));
                        sent.addAndGet(10_000);
                    }
                })) {
            String where = fresh.name("namsan.aca.kp", big);
            fresh.start();
            try (var client = new FrameClient(fresh.client())) {
                client.get(1, where, "/");
                AtomicLong before = new AtomicLong(-1);
                await().pollInterval(Duration.ofMillis(300)).until(() -> before.getAndSet(sent.get()) == sent.get());
                assertThat(sent.get()).isLessThan(50_000_000);
            }
        }
    }

    @Test
    void journalsWhatItRefuses() throws Exception {
        try (var client = client()) {
            client.headers(
                    1, true, ":method", "GET", ":scheme", "http", ":authority", site, ":path", "/", "host", "x.kp");
            assertThat(client.reply(1).status()).isEqualTo("400");
        }
        assertThat(gateway.journal.events())
                .anySatisfy(event -> assertThat(event.detail()).isEqualTo("Host and :authority disagree"));
    }
}
