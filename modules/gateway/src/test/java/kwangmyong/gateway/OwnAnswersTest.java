package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an answer has to say of itself (RFC 9110 §6.6.1, §8.6), whether the gateway makes it or passes it on. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class OwnAnswersTest {
    private static final String DATE = "Sun, 01 Mar 2026 00:00:00 GMT";

    private GatewayFixture gateway;
    private Origin origin;
    private String site;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayFixture.allowingAll();
        gateway.clock.set(Instant.parse("2026-03-01T00:00:00Z"));
        origin = new Origin(GatewayFixture.SITE, visit -> {
            for (String head = visit.head(); head != null; head = visit.head()) {
                String date = head.startsWith("GET /dated ") ? "dAtE: then\r\n" : "";
                visit.say("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n" + date + "Content-Length: 2\r\n\r\nok");
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

    private static String whole(String request) {
        return request + "\r\n\r\n";
    }

    @Test
    void haveADateAndNoLengthWhereThereIsNoBody() throws Exception {
        try (Client client = gateway.client()) {
            for (String request :
                    List.of("OPTIONS * HTTP/1.1", "OPTIONS http://" + site + "/ HTTP/1.1\r\nMax-Forwards: 0")) {
                client.say(whole(request + "\r\nHost: " + site));
                assertThat(client.head())
                        .startsWith("HTTP/1.1 204 ")
                        .contains("Allow: ", "Date: " + DATE)
                        .doesNotContain("Content-Length");
            }
            client.say(whole("GET /proxy.pac HTTP/1.1\r\nHost: x"));
            assertThat(client.answer()).contains("Date: " + DATE + "\r\n");
        }
    }

    @Test
    void haveADateAndNoLengthWhereThereIsNoBodyInStreamsToo() throws Exception {
        try (var client = new FrameClient(gateway.client())) {
            client.headers(
                    1,
                    true,
                    ":method",
                    "OPTIONS",
                    ":scheme",
                    "http",
                    ":authority",
                    site,
                    ":path",
                    "/",
                    "max-forwards",
                    "0");
            FrameClient.Reply reply = client.reply(1);
            assertThat(reply.status()).isEqualTo("204");
            assertThat(reply.headers()).contains("date: " + DATE + "\n").doesNotContain("content-length");
        }
    }

    @Test
    void ofAHostThatSaysNoDateGetOne() throws Exception {
        try (Client client = gateway.client()) {
            client.say(whole("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site));
            assertThat(client.head()).startsWith("HTTP/1.1 103 ").doesNotContain("Date");
            assertThat(client.answer()).contains("Date: " + DATE + "\r\n");
            client.say(whole("GET http://" + site + "/dated HTTP/1.1\r\nHost: " + site));
            client.head();
            assertThat(client.answer()).contains("dAtE: then\r\n").doesNotContain("Date");
        }
        try (var client = new FrameClient(gateway.client())) {
            client.get(1, site, "/");
            assertThat(client.reply(1).headers()).containsOnlyOnce("date: " + DATE);
            client.get(3, site, "/dated");
            assertThat(client.reply(3).headers()).containsOnlyOnce("date: ");
        }
    }
}
