package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A client that has said everything and ended its direction ({@code nc -N}) is sent what it asked for, however long. */
final class HalfClosedClientTest {
    /** More than the buffers of all the sockets on the way take. */
    private static final int LONG = 48 * 1024 * 1024;

    @Test
    void takesALongPage() throws Exception {
        try (var gateway = GatewayFixture.allowingAll();
                var origin = new Origin(GatewayFixture.SITE, visit -> {
                    visit.head();
                    visit.say("HTTP/1.1 200 OK\r\nContent-Length: " + LONG + "\r\n\r\n");
                    visit.out.write(new byte[LONG]);
                })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say("GET http://" + site + "/ HTTP/1.0\r\n\r\n").socket.shutdownOutput();
                assertThat(client.head()).startsWith("HTTP/1.1 200 ");
                assertThat(client.in.readAllBytes().length).isEqualTo(LONG);
            }
        }
    }

    @Test
    void takesALongAnswerThroughATunnel() throws Exception {
        try (var gateway = GatewayFixture.allowingAll();
                var origin = new Origin(GatewayFixture.SITE, visit -> {
                    visit.in.readAllBytes();
                    visit.out.write(new byte[LONG]);
                })) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say("CONNECT " + site + " HTTP/1.1\r\nHost: " + site + "\r\n\r\na");
                assertThat(client.head()).startsWith("HTTP/1.1 200 ");
                client.socket.shutdownOutput();
                assertThat(client.in.readAllBytes().length).isEqualTo(LONG);
            }
        }
    }

    @Test
    void takesTheAnswersToAllThatItAskedAtOnce() throws Exception {
        int pages = 40;
        try (var gateway = GatewayFixture.allowingAll();
                var origin = Origin.saying(GatewayFixture.SITE, "x".repeat(512 * 1024))) {
            String site = gateway.name("namsan.aca.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say(("GET http://" + site + "/ HTTP/1.1\r\nHost: " + site + "\r\n\r\n").repeat(pages))
                        .socket
                        .shutdownOutput();
                for (int page = 0; page < pages; page++) {
                    assertThat(client.answer()).as("page %d", page).endsWith("x");
                }
                assertThat(client.rest()).isEmpty();
            }
        }
    }
}
