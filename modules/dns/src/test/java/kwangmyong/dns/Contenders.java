package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.net.Transport;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** NSD, Knot and this server with the same zones, side by side, to be asked the same. */
final class Contenders implements AutoCloseable {
    static final int PAYLOAD = 1232;

    private static final int ANSWER_WITHIN_MILLIS = 1500;

    private final OtherServers others;
    private final Transport transport = Transport.best(1);
    private final List<InetSocketAddress> servers;
    private final AtomicInteger compared = new AtomicInteger();
    private final AtomicInteger signed = new AtomicInteger();

    /** Starts them. */
    Contenders(Path here, Map<String, String> zones) throws Exception {
        others = new OtherServers(here);
        try {
            servers = start(here, zones);
        } catch (Exception failed) {
            failed.addSuppressed(new IllegalStateException(others.said()));
            close();
            throw failed;
        }
    }

    @Override
    public void close() {
        others.close();
        transport.close();
    }

    /** Asks all three; how this server's answer differs where those of the other two agree. Any number of threads may ask. */
    List<String> differences(Message query, boolean tcp) throws IOException {
        return differences(query.toWire(), tcp);
    }

    /** As {@link #differences(Message, boolean)}, of a message that dnsjava need not understand. */
    List<String> differences(byte[] query, boolean tcp) throws IOException {
        Message ours = ask(servers.get(0), query, tcp);
        Message nsd = ask(servers.get(1), query, tcp);
        Message knot = ask(servers.get(2), query, tcp);
        if (String.valueOf(ours).contains("RRSIG")) {
            signed.incrementAndGet();
        }
        List<String> differences = new ArrayList<>();
        for (Part part : Part.values()) {
            if (part.of(nsd).equals(part.of(knot))) {
                compared.incrementAndGet();
                if (!part.of(ours).equals(part.of(nsd))) {
                    differences.add((tcp ? "tcp " : "udp ") + part + "\n  theirs " + part.of(nsd) + "\n  ours   "
                            + part.of(ours) + "\n  theirs whole: "
                            + String.valueOf(nsd).replace("\n", "\n    ")
                            + "\n  ours whole: " + String.valueOf(ours).replace("\n", "\n    "));
                }
            }
        }
        return differences;
    }

    /** Answers of this server that had signatures. */
    int signed() {
        return signed.get();
    }

    /** Parts of messages on which those two agreed. */
    int compared() {
        return compared.get();
    }

    /** What is compared of a message. */
    private enum Part {
        HEADER(-1),
        ANSWER(Section.ANSWER),
        AUTHORITY(Section.AUTHORITY),
        ADDITIONAL(Section.ADDITIONAL);

        private final int section;

        Part(int section) {
            this.section = section;
        }

        String of(@Nullable Message message) {
            if (message == null) {
                return "silence";
            }
            if (this == HEADER) {
                return message.getRcode()
                        + (message.getHeader().getFlag(Flags.AA) ? " aa" : "")
                        + (message.getHeader().getFlag(Flags.TC) ? " tc" : "");
            }
            if (message.getHeader().getFlag(Flags.TC)) {
                return "truncated"; // what is left of a truncated message is of no use
            }
            TreeSet<String> records = new TreeSet<>();
            for (Record record : message.getSection(section)) {
                if (!(record instanceof OPTRecord)) {
                    records.add(record.toString().toLowerCase(Locale.ROOT));
                }
            }
            return records.toString();
        }
    }

    /** The answer; null when none comes. */
    private static @Nullable Message ask(InetSocketAddress server, byte[] wire, boolean tcp) throws IOException {
        try {
            return exchange(server, wire, tcp);
        } catch (SocketTimeoutException | SocketException | EOFException silence) {
            return null;
        }
    }

    private static Message exchange(InetSocketAddress server, byte[] wire, boolean tcp) throws IOException {
        if (tcp) {
            try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
                socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(wire.length);
                out.write(wire);
                out.flush();
                DataInputStream in = new DataInputStream(socket.getInputStream());
                return new Message(in.readNBytes(in.readUnsignedShort()));
            }
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
            socket.send(new DatagramPacket(wire, wire.length, server));
            DatagramPacket answer = new DatagramPacket(new byte[65535], 65535);
            socket.receive(answer);
            return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
        }
    }

    private List<InetSocketAddress> start(Path here, Map<String, String> zones) throws Exception {
        List<DnsConfig.ZoneSource> sources = new ArrayList<>();
        StringBuilder nsd = new StringBuilder();
        StringBuilder knot = new StringBuilder("zone:\n");
        for (Map.Entry<String, String> zone : zones.entrySet()) {
            Path file = Files.writeString(here.resolve(zone.getKey() + ".zone"), zone.getValue());
            sources.add(new DnsConfig.ZoneSource(zone.getKey(), file, false));
            nsd.append("zone:\n name: ")
                    .append(zone.getKey())
                    .append("\n zonefile: ")
                    .append(file)
                    .append('\n');
            knot.append("  - domain: ")
                    .append(zone.getKey())
                    .append("\n    file: ")
                    .append(file)
                    .append('\n');
        }
        DnsService service = new DnsService(
                new DnsConfig(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), sources),
                transport,
                AddressPlan.real(),
                ScriptedPolicy.allowingAll(),
                new ScriptedSessions(),
                new RecordingJournal(),
                new SettableClock());
        service.start();
        InetSocketAddress nsdAt = others.nsd(nsd.toString());
        InetSocketAddress knotAt = others.knot(knot.toString());
        await(nsdAt, zones);
        await(knotAt, zones);
        return List.of(service.listeners().get(0).socket(), nsdAt, knotAt);
    }

    private static void await(InetSocketAddress server, Map<String, String> zones) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            for (String origin : zones.keySet()) {
                Record question = Record.newRecord(Name.fromString(origin + "."), Type.SOA, DClass.IN);
                Message soa = exchange(server, Message.newQuery(question).toWire(), true);
                assertThat(soa.getSection(Section.ANSWER)).isNotEmpty();
            }
        });
    }
}
