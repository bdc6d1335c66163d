package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** DNS over HTTPS, as HTTP/1.1 shows it behind its TLS. */
final class HttpsHandlerTest {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ZoneSet zones = TestZones.load();
    private final ScriptedPolicy policy = ScriptedPolicy.allowingAll();
    private final RecordingJournal journal = new RecordingJournal();
    private final Answering answering = new Answering(
            new DnsConfig(java.util.List.of(), java.util.List.of()),
            new Answering.Ports(
                    () -> zones,
                    new ServerCookies(),
                    AddressPlan.real(),
                    policy,
                    new ScriptedSessions(),
                    journal,
                    new SettableClock()));
    private final EmbeddedChannel channel = open();

    private EmbeddedChannel open() {
        ConnectionGuard guard =
                new ConnectionGuard(new TcpConnections(DnsConfig.Limits.DEFAULT), Duration.ofMinutes(1));
        EmbeddedChannel fresh = new EmbeddedChannel();
        fresh.pipeline()
                .addLast(
                        guard,
                        new HttpServerCodec(),
                        new HttpServerKeepAliveHandler(),
                        new HttpObjectAggregator(0xffff),
                        new FlowControlHandler(),
                        new HttpsHandler(() -> answering, guard));
        fresh.pipeline().fireChannelActive();
        return fresh;
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static byte[] query(String name) {
        Message query = EngineFixture.query(name, Type.A);
        query.getHeader().setID(0);
        return query.toWire();
    }

    private static String get(String name) {
        return "GET /dns-query?dns=" + BASE64.encodeToString(query(name)) + " HTTP/1.1\r\nHost: dns.kp\r\n\r\n";
    }

    private static ByteBuf post(byte[] message, String type) {
        return Unpooled.wrappedBuffer(
                Unpooled.copiedBuffer(
                        "POST /dns-query HTTP/1.1\r\nHost: dns.kp\r\nContent-Type: " + type + "\r\nContent-Length: "
                                + message.length + "\r\n\r\n",
                        StandardCharsets.US_ASCII),
                Unpooled.wrappedBuffer(message));
    }

    private String sent(ByteBuf request) {
        channel.writeInbound(request);
        StringBuilder answer = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            answer.append(out.toString(StandardCharsets.ISO_8859_1));
            out.release();
        }
        return answer.toString();
    }

    private String sent(String request) {
        return sent(Unpooled.copiedBuffer(request, StandardCharsets.ISO_8859_1));
    }

    private static Message message(String response) throws IOException {
        int body = response.indexOf("\r\n\r\n") + 4;
        return new Message(response.substring(body).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void answersBothMethodsAlike() throws IOException {
        for (String response : java.util.List.of(
                sent(get("mail.garden.kp")),
                sent(post(query("mail.garden.kp"), "application/dns-message")),
                sent(post(query("mail.garden.kp"), "Application/DNS-Message; x=1")))) {
            assertThat(response)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("content-type: application/dns-message")
                    .containsIgnoringCase("cache-control: private, max-age=3600\r\n");
            assertThat(message(response).getSection(Section.ANSWER))
                    .extracting(org.xbill.DNS.Record::rdataToString)
                    .containsExactly("10.76.0.3");
        }
        assertThat(journal.events()).hasSize(3);
    }

    @Test
    void saysForHowLongADenialMayBeKept() {
        assertThat(sent(get("none.garden.kp"))).contains("max-age=600\r\n");
        assertThat(sent(get("outside.example"))).contains("max-age=0\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /, 404",
        "GET /dns-query/, 404",
        "GET /dns-query, 400",
        "GET /dns-query?dns=, 400",
        "GET /dns-query?dns=AAABAAABAAAAAAAAAAABAAE=, 400",
        "GET /dns-query?dns=*AAABAAABAAAAAAAAAAABAAE, 400",
        "GET /dns-query?dns=%zz, 400",
        "GET /dns-query?dns=AAABAAABAAAAAAAAAAABAAE&dns=AAABAAABAAAAAAAAAAABAAE, 400",
        "GET /dns-query?dns=AACBAAABAAAAAAAAAAABAAE, 400",
        "PUT /dns-query, 405",
        "HEAD /dns-query, 405",
        "POST /elsewhere, 404",
        "POST /dns-query, 415"
    })
    void refusesWhatIsNoQueryWithTheRightStatus(String target, int status) {
        assertThat(sent(target + " HTTP/1.1\r\nHost: dns.kp\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
        assertThat(sent(get("mail.garden.kp"))).as("the connection goes on").startsWith("HTTP/1.1 200 ");
        assertThat(journal.events()).hasSize(1);
    }

    @Test
    void refusesABodyOfAnotherKindOrPastEveryMessage() {
        assertThat(sent(post(query("mail.garden.kp"), "application/json"))).startsWith("HTTP/1.1 415 ");
        assertThat(sent(post(new byte[11], "application/dns-message"))).startsWith("HTTP/1.1 400 ");
        assertThat(sent(post(new byte[0x10000], "application/dns-message"))).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void answersAMalformedMessageInDns() throws IOException {
        byte[] two = query("mail.garden.kp");
        two[5] = 2;
        String response = sent(post(two, "application/dns-message"));
        assertThat(response).startsWith("HTTP/1.1 200 ").contains("max-age=0\r\n");
        assertThat(message(response).getRcode()).isEqualTo(org.xbill.DNS.Rcode.FORMERR);
    }

    @Test
    void answersPipelinedRequestsInOrderHoweverTheyArrive() {
        String stream = get("mail.garden.kp") + get("none.garden.kp") + get("mail.garden.kp");
        StringBuilder whole = new StringBuilder();
        for (byte octet : stream.getBytes(StandardCharsets.US_ASCII)) {
            whole.append(sent(Unpooled.wrappedBuffer(new byte[] {octet})));
        }
        assertThat(whole.toString().split("HTTP/1.1 200 OK", -1)).hasSize(4);
        assertThat(sent(stream).split("HTTP/1.1 200 OK", -1)).hasSize(4);
        assertThat(journal.events())
                .extracting(event -> event.resource().toString())
                .containsExactlyElementsOf(java.util.Collections.nCopies(
                                2, Arrays.asList("mail.garden.kp A", "none.garden.kp A", "mail.garden.kp A"))
                        .stream()
                        .flatMap(java.util.List::stream)
                        .toList());
    }

    @Test
    void saysNothingMoreOnceItHasKeptSilent() {
        policy.become(access -> ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Dns.SILENCE));
        assertThat(sent(get("mail.garden.kp"))).isEmpty();
        policy.become(access -> ScriptedPolicy.allow("test"));
        assertThat(sent(get("mail.garden.kp"))).isEmpty();
        assertThat(journal.events()).hasSize(1);
    }

    @Test
    void staysUprightOnAnyInput() {
        long seed = Long.getLong("kwm.fuzz.seed", System.nanoTime());
        System.out.println("https fuzz: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            EmbeddedChannel one = open();
            byte[] request = (get("mail.garden.kp") + get("none.garden.kp")).getBytes(StandardCharsets.US_ASCII);
            for (int changes = random.nextInt(8); changes >= 0; changes--) {
                request[random.nextInt(request.length)] = (byte) random.nextInt();
            }
            one.writeInbound(Unpooled.wrappedBuffer(request));
            one.checkException();
            one.finishAndReleaseAll();
        }
    }

    @Test
    void takesABrokenConnectionOfHttp2ForNoNews() {
        EmbeddedChannel connection = http2();

        connection.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

        connection.checkException(); // that nothing came through to the end, where Netty would warn of it
        assertThat(connection.isOpen()).isFalse();
        connection.finishAndReleaseAll();
    }

    @Test
    void takesARequestThatBreaksOffForNoNews() {
        var heard = new ListAppender<ILoggingEvent>();
        heard.start();
        Logger log = (Logger) LoggerFactory.getLogger(HttpsHandler.class);
        log.addAppender(heard);
        try {
            sent(
                    "POST /dns-query HTTP/1.1\r\nHost: dns.kp\r\nContent-Type: application/dns-message\r\nContent-Length: 9\r\n\r\nab");
            channel.close().syncUninterruptibly();
        } finally {
            log.detachAppender(heard);
        }
        assertThat(heard.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.INFO));
    }

    @ParameterizedTest
    @ValueSource(strings = {":method", ":scheme", ":path"})
    void resetsAStreamThatBeginsWithNoRequest(String missing) {
        Http2Headers head =
                new DefaultHttp2Headers().method("GET").scheme("https").path("/dns-query");
        EmbeddedChannel stream = new EmbeddedChannel(new HeadFirst());
        assertThat(stream.writeInbound(new DefaultHttp2HeadersFrame(head, true)))
                .as("a request passes")
                .isTrue();

        head.remove(missing);
        EmbeddedChannel other = new EmbeddedChannel(new HeadFirst());
        assertThat(other.writeInbound(new DefaultHttp2HeadersFrame(head, true))).isFalse();
        assertThat(other.<Http2ResetFrame>readOutbound().errorCode()).isEqualTo(Http2Error.PROTOCOL_ERROR.code());
    }

    private EmbeddedChannel http2() {
        ConnectionGuard guard =
                new ConnectionGuard(new TcpConnections(DnsConfig.Limits.DEFAULT), Duration.ofMinutes(1));
        EmbeddedChannel connection = new EmbeddedChannel(guard, new ChannelInboundHandlerAdapter());
        connection.pipeline().fireChannelActive();
        new HttpsPipeline(() -> answering, guard)
                .configurePipeline(connection.pipeline().lastContext(), ApplicationProtocolNames.HTTP_2);
        return connection;
    }
}
