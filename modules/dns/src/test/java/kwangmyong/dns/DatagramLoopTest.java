package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service;
import kwangmyong.net.Transport;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A client that asks more than it has lines in the journal for. */
final class DatagramLoopTest {
    private static final int MANY = 20 * DatagramLoop.LINES;

    private final Transport transport = Transport.best(2);
    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedPolicy policy = ScriptedPolicy.allowingAll().steady();
    private final DnsService service = new DnsService(
            new DnsConfig(List.of(new InetSocketAddress(Addresses.parse("127.0.0.1"), 0)), TestZones.sources()),
            transport,
            AddressPlan.real(),
            policy,
            new ScriptedSessions(),
            journal,
            new SettableClock());
    private final DatagramSocket client;

    DatagramLoopTest() throws SocketException {
        client = new DatagramSocket();
    }

    @BeforeEach
    void start() throws Exception {
        service.start();
        client.connect(service.listeners().get(0).socket());
        client.setSoTimeout(30_000);
    }

    @AfterEach
    void stop() {
        client.close();
        service.stop();
        transport.close();
    }

    private Message ask(String name) throws Exception {
        byte[] query = EngineFixture.query(name, Type.A).toWire();
        client.send(new DatagramPacket(query, query.length));
        DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
        client.receive(answer);
        Message message = new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
        assertThat(message.getHeader().getID())
                .isEqualTo(new Message(query).getHeader().getID());
        return message;
    }

    private int journaled() {
        return journal.events().stream().mapToInt(Event::count).sum();
    }

    @Test
    void givesTheFirstQueryOfWhoAsksSeldomALineWithItsName() throws Exception {
        ask("mail.garden.kp");
        await().untilAsserted(() -> assertThat(journal.events())
                .singleElement()
                .extracting(event -> String.valueOf(event.resource()))
                .asString()
                .contains("mail.garden.kp"));
    }

    @Test
    void countsEveryDecisionOfManyQueries() throws Exception {
        for (int i = 0; i < MANY; i++) {
            assertThat(ask(i % 2 == 0 ? "mail.garden.kp" : "no.garden.kp").getRcode())
                    .isEqualTo(i % 2 == 0 ? Rcode.NOERROR : Rcode.NXDOMAIN);
        }
        await().untilAsserted(() -> assertThat(journaled()).isEqualTo(MANY));
    }

    @Test
    void writesWhatIsFoldedThoughNobodyAsksAgain() throws Exception {
        for (int i = 0; i <= DatagramLoop.LINES; i++) {
            ask("mail.garden.kp");
        }
        await().untilAsserted(() -> assertThat(journaled()).isEqualTo(DatagramLoop.LINES + 1));
    }

    @Test
    void takesOtherDecisionsAtOnceWhateverIsPrepared() throws Exception {
        for (int round = 0; round < 3; round++) {
            policy.become(access -> ScriptedPolicy.allow("open"));
            for (int i = 0; i < 2 * DatagramLoop.LINES; i++) {
                assertThat(ask("mail.garden.kp").getRcode()).isEqualTo(Rcode.NOERROR);
            }
            policy.become(access -> ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Dns.REFUSED));
            for (int i = 0; i < 2 * DatagramLoop.LINES; i++) {
                assertThat(ask("mail.garden.kp").getRcode()).isEqualTo(Rcode.REFUSED);
            }
        }
        await().untilAsserted(() -> assertThat(journaled()).isEqualTo(12 * DatagramLoop.LINES));
    }

    @Test
    void stopsAndGivesThePortBack() throws Service.StartException {
        int port = service.listeners().get(0).socket().getPort();
        service.stop();
        DnsService next = new DnsService(
                new DnsConfig(List.of(new InetSocketAddress(Addresses.parse("127.0.0.1"), port)), TestZones.sources()),
                transport,
                AddressPlan.real(),
                policy,
                new ScriptedSessions(),
                journal,
                new SettableClock());
        next.start();
        assertThat(next.listeners()).hasSize(2);
        next.stop();
    }
}
