package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes through, in both directions and at every pace. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class StreamingTest {
    private static final long LARGE = 200L << 20;
    private static final byte[] BLOCK = new byte[1 << 16];

    private GatewayFixture gateway;

    @BeforeEach
    void make() {
        gateway = GatewayFixture.allowingAll();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private static String get(String site, String path, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return "GET http://" + site + path + " HTTP/1.1\r\nHost: " + site + "\r\n" + more + "\r\n";
    }

    private static void pour(OutputStream out, long octets) throws IOException {
        for (long left = octets; left > 0; left -= BLOCK.length) {
            out.write(BLOCK, 0, (int) Math.min(left, BLOCK.length));
        }
        out.flush();
    }

    private static long drain(InputStream in, long octets) throws IOException {
        byte[] block = new byte[1 << 16];
        long read = 0;
        while (read < octets) {
            int some = in.read(block, 0, (int) Math.min(block.length, octets - read));
            if (some < 0) {
                return read;
            }
            read += some;
        }
        return read;
    }

    @Test
    void carriesTwoHundredMegabytesDownAndUp() throws Exception {
        AtomicLong arrived = new AtomicLong();
        try (var origin = new Origin(GatewayFixture.SITE, visit -> {
            while (true) {
                String head = visit.head();
                if (head == null) {
                    return;
                }
                if (head.startsWith("GET")) {
                    visit.say("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                    pour(visit.out, LARGE);
                } else {
                    arrived.set(drain(visit.in, LARGE));
                    visit.say("HTTP/1.1 204 No Content\r\n\r\n");
                }
            }
        })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say(get(site, "/"));
                assertThat(client.head()).startsWith("HTTP/1.1 200 ");
                assertThat(drain(client.in, LARGE)).isEqualTo(LARGE);
                client.say("POST http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\nContent-Length: " + LARGE
                        + "\r\n\r\n");
                pour(client.socket.getOutputStream(), LARGE);
                assertThat(client.head()).startsWith("HTTP/1.1 204 ");
                assertThat(arrived).hasValue(LARGE);
            }
        }
    }

    @Test
    void holdsAHostBackWhileTheClientDoesNotRead() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (var origin = new Origin(GatewayFixture.SITE, visit -> {
            visit.head();
            visit.say("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
            for (long left = LARGE; left > 0; left -= BLOCK.length) {
                visit.out.write(BLOCK);
                sent.addAndGet(BLOCK.length);
            }
        })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say(get(site, "/"));
                client.head();
                AtomicLong before = new AtomicLong(-1);
                await().pollInterval(Duration.ofMillis(300)).until(() -> before.getAndSet(sent.get()) == sent.get());
                assertThat(sent.get()).isLessThan(LARGE / 4); // what the kernels on both sides hold, and little more
                assertThat(drain(client.in, LARGE)).isEqualTo(LARGE);
            }
        }
    }

    @Test
    void passesChunksAndTrailersOn() throws Exception {
        try (var origin = new Origin(GatewayFixture.SITE, visit -> {
            visit.head();
            visit.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3;a=b\r\nabc\r\n");
            visit.say("0\r\nX-Sum: 1\r\n\r\n");
            visit.head();
            visit.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say(get(site, "/"));
                assertThat(client.head()).contains("Transfer-Encoding: chunked\r\n", "Trailer: X-Sum\r\n");
                assertThat(Client.text(client.in.readNBytes(23))).isEqualTo("3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n");
                client.say(get(site, "/"));
                client.head();
                assertThat(Client.text(client.in.readNBytes(13))).isEqualTo("3\r\nabc\r\n0\r\n\r\n");
            }
        }
    }

    @Test
    void givesAnOldClientAPlainBodyAndAClose() throws Exception {
        try (var origin = new Origin(GatewayFixture.SITE, visit -> {
            visit.head();
            visit.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            visit.head();
        })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say("GET http://" + site + "/ HTTP/1.0\r\n\r\n");
                assertThat(client.head()).contains("Connection: close\r\n").doesNotContain("chunked");
                assertThat(client.rest()).isEqualTo("abc");
            }
            assertThat(origin.heads().get(0)).contains("Host: " + site, "Via: 1.0 kwangmyong");
        }
    }

    @Test
    void keepsAConnectionWhoseBodyEndedByClose() throws Exception {
        try (var origin = new Origin(GatewayFixture.SITE, visit -> {
            visit.head();
            visit.say("HTTP/1.0 200 OK\r\n\r\nabc");
        })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                for (int i = 0; i < 2; i++) {
                    client.say(get(site, "/"));
                    assertThat(client.head()).contains("Transfer-Encoding: chunked\r\n");
                    assertThat(Client.text(client.in.readNBytes(13))).isEqualTo("3\r\nabc\r\n0\r\n\r\n");
                }
            }
            assertThat(origin.connections()).isEqualTo(2);
        }
    }

    @Test
    void waitsForTheHostsWordBeforeABody() throws Exception {
        try (var origin = new Origin(GatewayFixture.SITE, visit -> {
            visit.head();
            visit.say("HTTP/1.1 100 Continue\r\n\r\n");
            visit.in.readNBytes(4);
            visit.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say("PUT http://" + site + "/ HTTP/1.1\r\nHost: " + site
                        + "\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
                assertThat(client.head()).startsWith("HTTP/1.1 100 ");
                client.say("body");
                assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void expectsOnlyWhatIsKnownAndOnlyOfThoseWhoCan() throws Exception {
        try (var origin = Origin.saying(GatewayFixture.SITE, "ok")) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say(get(site, "/", "Expect: the-unexpected"));
                assertThat(client.answer()).startsWith("HTTP/1.1 417 ");
                assertThat(client.rest()).isEmpty();
            }
            try (var client = gateway.client()) {
                client.say("GET http://" + site + "/ HTTP/1.0\r\nExpect: 100-continue\r\n\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
            }
            assertThat(origin.heads()).hasSize(1).noneMatch(head -> head.contains("Expect"));
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        AtomicInteger served = new AtomicInteger();
        try (var origin = new Origin(GatewayFixture.SITE, visit -> {
            String head;
            while ((head = visit.head()) != null) {
                served.incrementAndGet();
                String path = head.substring(4, head.indexOf(" HTTP"));
                visit.say("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
            }
        })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            int count = 500;
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < count; i++) {
                all.append(get(site, "/" + i));
            }
            try (var client = gateway.client()) {
                Thread writer = new Thread(() -> {
                    try {
                        client.say(all.toString());
                        client.socket.shutdownOutput();
                    } catch (IOException gone) {
                        throw new IllegalStateException(gone);
                    }
                });
                writer.start();
                for (int i = 0; i < count; i++) {
                    assertThat(client.answer()).endsWith("\r\n\r\n/" + i);
                }
                assertThat(client.rest()).isEmpty();
                writer.join();
            }
            assertThat(origin.connections()).isEqualTo(1);
            assertThat(served).hasValue(count);
        }
    }

    @Test
    void triesAgainWhenASpareConnectionHasClosed() throws Exception {
        try (var origin = new Origin(GatewayFixture.SITE, visit -> {
            if (visit.head() != null) {
                visit.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                visit.head(); // taken, never answered: the connection closes under it
            }
        })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                for (int i = 0; i < 3; i++) {
                    client.say(get(site, "/"));
                    assertThat(client.answer()).endsWith("ok");
                }
            }
        }
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        try (var origin = new Origin(GatewayFixture.SITE, visit -> {
            while (visit.head() != null) {
                visit.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
            }
        })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                for (int i = 0; i < 2; i++) {
                    client.say("HEAD http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\n\r\n");
                    assertThat(client.head()).contains("Content-Length: 5\r\n");
                }
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAHost() throws Exception {
        for (String answer : new String[] {
            "nonsense\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\nContent-Length: 1\n\na",
            "HTTP/1.1 200 OK\r\n X: folded\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            "HTTP/1.1 407 Give Me Your Password\r\nContent-Length: 0\r\n\r\n",
            "HTTP/2.0 200 OK\r\n\r\n",
            "HTTP/1.1 2000 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: " + "a".repeat(70_000) + "\r\n\r\n",
            ""
        }) {
            try (var fresh = GatewayFixture.allowingAll();
                    var origin = new Origin(GatewayFixture.SITE, visit -> {
                        visit.head();
                        visit.say(answer);
                    })) {
                String site = fresh.name("namsan.aca.kp", origin);
                fresh.start();
                try (var client = fresh.client()) {
                    client.say(get(site, "/"));
                    assertThat(client.answer())
                            .as(answer.substring(0, Math.min(40, answer.length())))
                            .startsWith("HTTP/1.1 502 ");
                    client.say(get("nowhere.kp", "/"));
                    assertThat(client.answer()).as("the connection is kept").startsWith("HTTP/1.1 502 ");
                }
            }
        }
    }

    @Test
    void showsTheClientThatABodyWasCutShort() throws Exception {
        try (var origin = new Origin(GatewayFixture.SITE, visit -> {
            visit.head();
            visit.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say(get(site, "/"));
                client.head();
                assertThat(client.rest()).isEqualTo("abc");
            }
        }
    }

    @Test
    void tellsInsideSitesWhoAsksAndNobodyElse() throws Exception {
        try (var inside = Origin.saying(GatewayFixture.SITE, "in");
                var outside = Origin.saying("127.76.200.1", "out")) {
            String in = gateway.name("namsan.aca.kp", inside);
            String out = gateway.name("example.com", outside, "10.76.200.1");
            gateway.start();
            try (var client = gateway.client()) {
                client.say(get(in, "/") + get(out, "/", "Forwarded: for=10.76.50.11", "X-Forwarded-For: 10.76.50.11"));
                client.answer();
                client.answer();
            }
            String head = inside.heads().get(0);
            String sealed = head.substring(head.indexOf("Kwm-Asker: ") + 11);
            var asker =
                    gateway.seal.open(sealed.substring(0, sealed.indexOf('\r')), "namsan.aca.kp", gateway.clock.now());
            assertThat(asker)
                    .get()
                    .matches(who ->
                            "academic".equals(who.subject()) && who.terminal().equals("10.76.20.11"));
            assertThat(outside.heads().get(0).toLowerCase(Locale.ROOT)).doesNotContain("asker", "forwarded");
        }
    }
}
