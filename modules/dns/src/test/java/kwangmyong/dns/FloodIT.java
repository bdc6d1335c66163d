package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.net.Transport;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/**
 * Mutated datagrams to a real socket: whatever the engine answers is answered, whatever it drops is not, and no log hears of it.
 * {@code -Dkwm.dns.flood.datagrams} raises the count.
 */
final class FloodIT {
    private static final int DATAGRAMS = Integer.getInteger("kwm.dns.flood.datagrams", 20_000);
    private static final int WINDOW = 32;
    private static final String[] NAMES = {
        "mail.garden.kp",
        "chain.garden.kp",
        "x.y.wild.garden.kp",
        "a.tree.garden.kp",
        "ns.sub.garden.kp",
        "example.com",
        ".",
        "garden.kp"
    };

    private final Random random = new Random();
    private final EngineFixture reference = new EngineFixture(TestZones.load());
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    private byte[] datagram(int id) {
        Message message = EngineFixture.query(NAMES[random.nextInt(NAMES.length)], 1 + random.nextInt(300));
        if (random.nextBoolean()) {
            message.addRecord(new OPTRecord(random.nextInt(5000), 0, 0), Section.ADDITIONAL);
        }
        byte[] query = message.toWire();
        if (random.nextInt(20) == 0) {
            query = Arrays.copyOf(query, random.nextInt(query.length + 20));
        }
        for (int i = random.nextInt(6); i > 0 && query.length > 0; i--) {
            query[random.nextInt(query.length)] = (byte) random.nextInt();
        }
        if (query.length > 1) {
            query[0] = (byte) (id >> 8);
            query[1] = (byte) id;
        }
        return query;
    }

    @Test
    void answersWhatShouldBeAnsweredAndNothingElse() throws Exception {
        long seed = Long.getLong("kwm.fuzz.seed", System.nanoTime());
        System.out.println("flood: seed " + seed + ", " + DATAGRAMS + " datagrams");
        random.setSeed(seed);
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        logged.start();
        root.addAppender(logged);
        Transport transport = Transport.best(2);
        DnsService service = new DnsService(
                new DnsConfig(List.of(new InetSocketAddress(Addresses.parse("127.0.0.1"), 0)), TestZones.sources()),
                transport,
                AddressPlan.real(),
                ScriptedPolicy.allowingAll().steady(),
                new ScriptedSessions(),
                new RecordingJournal(),
                new SettableClock());
        service.start();
        int answers = 0;
        try (DatagramSocket client = new DatagramSocket()) {
            client.connect(service.listeners().get(0).socket());
            client.setSoTimeout(30_000);
            for (int sent = 0; sent < DATAGRAMS; sent += WINDOW) {
                answers += round(client, sent);
            }
        } finally {
            service.stop();
            transport.close();
            root.detachAppender(logged);
        }
        System.out.println("flood: " + answers + " answered");
        assertThat(answers).isGreaterThan(DATAGRAMS / 2);
        assertThat(logged.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.INFO));
    }

    /** Sends some and one that is surely answered, and takes the answers to all of them. */
    private int round(DatagramSocket client, int first) throws Exception {
        BitSet due = new BitSet();
        for (int id = first; id < first + WINDOW; id++) {
            byte[] query =
                    id == first + WINDOW - 1 ? EngineFixture.query(".", 1).toWire() : datagram(id & 0xffff);
            query = id == first + WINDOW - 1 ? withId(query, id) : query;
            if (reference.outcome(query) == DnsEngine.Outcome.ANSWER) {
                due.set(id & 0xffff);
            }
            client.send(new DatagramPacket(query, query.length));
        }
        int count = due.cardinality();
        DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
        for (int i = 0; i < count; i++) {
            answer.setLength(4096);
            client.receive(answer); // times out when one is missing
            int id = ((answer.getData()[0] & 0xff) << 8) | (answer.getData()[1] & 0xff);
            assertThat(due.get(id)).as("an answer to %d", id).isTrue();
            due.clear(id);
        }
        return count;
    }

    private static byte[] withId(byte[] query, int id) {
        query[0] = (byte) (id >> 8);
        query[1] = (byte) id;
        return query;
    }
}
