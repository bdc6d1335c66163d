package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.AskerSeal.Asker;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.Test;

/** A tunnel that nobody began becomes the subject's who logs in at its terminal: sites are told, and it ends with the session. */
final class TunnelOwnerTest {
    private static final InetAddress TERMINAL = Addresses.parse("10.76.20.11");

    @Test
    void isOfWhoeverLoggedInMeanwhile() throws Exception {
        try (var gateway = GatewayFixture.allowingAll();
                var site = new ServerSocket(0, 1, InetAddress.getByName(GatewayFixture.SITE))) {
            gateway.sessions.logOut(TERMINAL);
            int port = site.getLocalPort() - AddressPlan.LOOPBACK_PORT_SHIFT;
            gateway.ports.add(port);
            gateway.names.put(
                    "namsan.aca.kp",
                    new NameData.Answer(
                            List.of("namsan.aca.kp"), List.of(Addresses.parse(GatewayFixture.SITE_IN_THE_LAB))));
            gateway.start();
            try (var client = gateway.client()) {
                client.say("CONNECT namsan.aca.kp:" + port + " HTTP/1.1\r\nHost: namsan.aca.kp\r\n\r\n");
                assertThat(client.head()).startsWith("HTTP/1.1 200 ");
                try (Socket visit = site.accept()) {
                    var from = (InetSocketAddress) visit.getRemoteSocketAddress();
                    assertThat(gateway.seal.throughTunnel(from))
                            .hasValueSatisfying(
                                    asker -> assertThat(asker.subject()).isNull());

                    gateway.sessions.with("academic", "10.76.20.11");
                    gateway.policy.become(access -> ScriptedPolicy.allow("test"));
                    await().untilAsserted(() -> assertThat(gateway.seal.throughTunnel(from))
                            .map(Asker::subject)
                            .hasValue("academic"));
                    client.say("still open");
                    assertThat(new String(visit.getInputStream().readNBytes(10), StandardCharsets.US_ASCII))
                            .isEqualTo("still open");

                    gateway.sessions.logOut(TERMINAL);
                    gateway.policy.become(access -> ScriptedPolicy.allow("test"));
                    assertThat(client.rest()).isEmpty();
                }
            }
        }
    }
}
