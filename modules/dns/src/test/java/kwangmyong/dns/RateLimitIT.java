package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.net.Transport;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Response rate limiting as whoever floods, or is flooded, sees it on the wire. */
final class RateLimitIT {
    private static final int RATE = 20;
    private static final int SLIP = 2;
    private static final int FLOOD = 600;

    private final Transport transport = Transport.best(1);
    private final RecordingJournal journal = new RecordingJournal();
    private final DnsService service = new DnsService(
            new DnsConfig(
                    List.of(new InetSocketAddress(Addresses.parse("127.0.0.1"), 0)),
                    TestZones.sources(),
                    DnsConfig.Limits.DEFAULT.withRate(new DnsConfig.RateLimit(RATE, SLIP, 24, 56)),
                    DnsConfig.SINKHOLE_TTL,
                    ""),
            transport,
            AddressPlan.real(),
            ScriptedPolicy.allowingAll().steady(),
            new ScriptedSessions(),
            journal,
            new SettableClock());

    @BeforeEach
    void start() throws Exception {
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop();
        transport.close();
    }

    private InetSocketAddress server() {
        return service.listeners().get(0).socket();
    }

    /** A client in a network of its own. */
    private DatagramSocket client(String address) throws IOException {
        DatagramSocket client = new DatagramSocket(new InetSocketAddress(Addresses.parse(address), 0));
        client.connect(server());
        client.setReceiveBufferSize(1 << 20);
        return client;
    }

    private static void send(DatagramSocket client, String name) throws IOException {
        byte[] query = EngineFixture.query(name, Type.A).toWire();
        client.send(new DatagramPacket(query, query.length));
    }

    private static Message receive(DatagramSocket client) throws IOException {
        DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
        client.receive(answer);
        return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
    }

    @Test
    void ofAFloodSomeAreAnsweredSomeTruncatedAndTheRestNotAtAll() throws Exception {
        try (DatagramSocket flooder = client("127.0.0.9")) {
            long began = System.nanoTime();
            for (int i = 0; i < FLOOD; i++) {
                send(flooder, "mail.garden.kp");
            }
            await().untilAsserted(() -> assertThat(journaled())
                    .as("each is decided, answered or not")
                    .isEqualTo(FLOOD));
            double seconds = (System.nanoTime() - began) / 1e9;
            int whole = 0;
            int truncated = 0;
            flooder.setSoTimeout(1000);
            try {
                while (whole + SLIP * truncated < FLOOD) {
                    Message answer = receive(flooder);
                    boolean cut = answer.getHeader().getFlag(Flags.TC);
                    assertThat(answer.getSection(Section.ANSWER).isEmpty()).isEqualTo(cut);
                    truncated += cut ? 1 : 0;
                    whole += cut ? 0 : 1;
                }
            } catch (SocketTimeoutException last) {
                assertThat(whole + SLIP * truncated).isEqualTo(FLOOD - 1); // the last refused is odd, and got nothing
            }
            assertThat(whole).isBetween(RATE, RATE + (int) Math.ceil(RATE * seconds));
        }
    }

    @Test
    void aFloodLeavesOthersOtherAnswersAndTcpAlone() throws Exception {
        try (DatagramSocket flooder = client("127.0.0.9");
                DatagramSocket other = client("127.0.1.9")) {
            for (int i = 0; i < FLOOD; i++) {
                send(flooder, "mail.garden.kp");
            }
            await().untilAsserted(() -> assertThat(journaled()).isEqualTo(FLOOD));
            other.setSoTimeout(10_000);
            send(other, "mail.garden.kp");
            assertThat(receive(other).getHeader().getFlag(Flags.TC))
                    .as("another network's")
                    .isFalse();
            flooder.setSoTimeout(10_000);
            send(flooder, "no.garden.kp");
            Message another = receive(flooder);
            while (another.getRcode() == Rcode.NOERROR) {
                another = receive(flooder);
            }
            assertThat(another.getRcode()).as("of another kind").isEqualTo(Rcode.NXDOMAIN);
            assertThat(another.getHeader().getFlag(Flags.TC)).isFalse();
            assertThat(overTcp("mail.garden.kp").getSection(Section.ANSWER)).isNotEmpty();
        }
    }

    private Message overTcp(String name) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(Addresses.parse("127.0.0.9"), 0));
            socket.connect(server());
            socket.setSoTimeout(10_000);
            byte[] query = EngineFixture.query(name, Type.A).toWire();
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(query.length);
            out.write(query);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return new Message(in.readNBytes(in.readUnsignedShort()));
        }
    }

    private int journaled() {
        return journal.events().stream().mapToInt(Event::count).sum();
    }
}
