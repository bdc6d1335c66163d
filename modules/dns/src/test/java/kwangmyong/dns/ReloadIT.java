package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import kwangmyong.dns.zone.ZoneLoader;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.net.Transport;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/** Queries without end while zones are loaded anew: none lost, each answer of the old zone or of the new one, octet by octet. */
final class ReloadIT {
    private static final int QUERIES = Integer.getInteger("kwm.dns.reload.queries", 100_000);
    private static final int RELOADS = 50;
    private static final int WINDOW = 64;
    private static final String[] NAMES = {"many", "host", "www.cut", "mail", "alias", "none"};
    private static final int[] TYPES = {Type.TXT, Type.A, Type.A, Type.MX, Type.A, Type.A};

    @TempDir
    Path folder = Path.of("");

    private DnsConfig version(int number) throws Exception {
        Path file = folder.resolve(number + ".zone");
        StringBuilder zone = new StringBuilder("$TTL " + number + "00\n@ SOA ns a " + number + " 2 3 4 5\n@ NS ns\n");
        for (int i = 0; i < 8; i++) {
            zone.append("many TXT \"").append(number).append(" of ").append(i).append("\"\n");
        }
        for (String name : List.of("ns", "host", "ns.cut", "m1", "m2")) {
            zone.append(name).append(" A 10.0.").append(number).append(".1\n");
        }
        zone.append("cut NS ns.cut\nmail MX 1 m1\nmail MX 2 m2\nalias CNAME host\n");
        Files.writeString(file, zone);
        return new DnsConfig(
                List.of(new InetSocketAddress(Addresses.parse("127.0.0.1"), 0)),
                List.of(new DnsConfig.ZoneSource("reload.kp", file, false)));
    }

    private static byte[] query(int which) {
        return EngineFixture.query(NAMES[which] + ".reload.kp", TYPES[which]).toWire();
    }

    /** What a zone answers to each question, without the id. */
    private static List<byte[]> answers(DnsConfig config) {
        ZoneLoader loader = new ZoneLoader();
        config.zones().forEach(source -> loader.load(source.origin(), source.file()));
        EngineFixture engine = new EngineFixture(loader.zones());
        List<byte[]> answers = new ArrayList<>();
        for (int i = 0; i < NAMES.length; i++) {
            engine.send(query(i));
            answers.add(withoutId(engine.response(), engine.response().length));
        }
        return answers;
    }

    private static byte[] withoutId(byte[] message, int length) {
        return Arrays.copyOfRange(message, 2, length);
    }

    @Test
    void losesNoQueryAndMixesNoAnswer() throws Exception {
        DnsConfig one = version(1);
        DnsConfig two = version(2);
        List<List<byte[]>> expected = List.of(answers(one), answers(two));
        Transport transport = Transport.best(2);
        DnsService service = new DnsService(
                one,
                transport,
                AddressPlan.real(),
                ScriptedPolicy.allowingAll().steady(),
                new ScriptedSessions(),
                new RecordingJournal(),
                new SettableClock());
        service.start();
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Void> reloads = CompletableFuture.runAsync(() -> {
            for (int i = 1; i <= RELOADS; i++) {
                int due = (int) ((long) QUERIES * i / (RELOADS + 1));
                while (answered.get() < due) {
                    Thread.onSpinWait();
                }
                try {
                    service.reload(i % 2 == 0 ? one : two);
                } catch (ZoneLoadException faulty) {
                    throw new AssertionError(faulty);
                }
            }
        });
        int[] seen = new int[2];
        try (DatagramSocket client = new DatagramSocket()) {
            client.connect(service.listeners().get(0).socket());
            client.setSoTimeout(30_000);
            for (int sent = 0; sent < QUERIES; sent += WINDOW) {
                round(client, sent, Math.min(WINDOW, QUERIES - sent), expected, seen);
                answered.set(sent);
            }
        } finally {
            answered.set(QUERIES);
            reloads.join();
            service.stop();
            transport.close();
        }
        System.out.println("reload: " + QUERIES + " queries, " + RELOADS + " reloads, answers of each zone "
                + Arrays.toString(seen));
        assertThat(seen[0] + seen[1]).isEqualTo(QUERIES);
        assertThat(seen[0]).isPositive();
        assertThat(seen[1]).isPositive();
    }

    private static void round(DatagramSocket client, int first, int count, List<List<byte[]>> expected, int[] seen)
            throws Exception {
        for (int i = first; i < first + count; i++) {
            byte[] query = query(i % NAMES.length);
            query[0] = (byte) (i >> 8);
            query[1] = (byte) i;
            client.send(new DatagramPacket(query, query.length));
        }
        BitSet got = new BitSet();
        DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
        while (got.cardinality() < count) {
            answer.setLength(4096);
            client.receive(answer); // times out when one is lost
            int id = ((answer.getData()[0] & 0xff) << 8) | (answer.getData()[1] & 0xff);
            int index = first + ((id - first) & 0xffff);
            assertThat(index).isBetween(first, first + count - 1);
            assertThat(got.get(id)).isFalse();
            got.set(id);
            byte[] octets = withoutId(answer.getData(), answer.getLength());
            int of = Arrays.equals(octets, expected.get(0).get(index % NAMES.length)) ? 0 : 1;
            assertThat(octets).isEqualTo(expected.get(of).get(index % NAMES.length));
            seen[of]++;
        }
    }
}
