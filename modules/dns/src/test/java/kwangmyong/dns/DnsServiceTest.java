package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import kwangmyong.dns.zone.ZoneFault;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.AddressRange;
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
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The service over real sockets, asked by dnsjava's resolver. */
final class DnsServiceTest {
    private static final InetSocketAddress LISTEN = new InetSocketAddress(Addresses.parse("10.76.0.1"), 0);

    private final Transport transport = Transport.best(2);
    private final AddressPlan plan = AddressPlan.loopback(0, List.of(AddressRange.parse("10.76.0.0/16")));
    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedPolicy policy =
            new ScriptedPolicy(access -> "academic".equals(access.who().subject())
                    ? ScriptedPolicy.allow("library")
                    : ScriptedPolicy.deny(Reason.NOT_LOGGED_IN, Presentation.Dns.NXDOMAIN));
    private DnsService service = service(new DnsConfig(List.of(LISTEN), TestZones.sources()));

    private DnsService service(DnsConfig config) {
        return new DnsService(
                config,
                transport,
                plan,
                policy,
                new ScriptedSessions().with("academic", "10.76.20.11"),
                journal,
                new SettableClock());
    }

    @BeforeEach
    void start() throws Service.StartException {
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop();
        transport.close();
    }

    private Message ask(String from, String name, int type, boolean tcp) throws Exception {
        SimpleResolver resolver = new SimpleResolver(service.listeners().get(0).socket());
        resolver.setLocalAddress(new InetSocketAddress(plan.socket(Addresses.parse(from)), 0));
        resolver.setTCP(tcp);
        resolver.setIgnoreTruncation(true);
        resolver.setTimeout(Duration.ofSeconds(5));
        return resolver.send(Message.newQuery(Record.newRecord(org.xbill.DNS.Name.fromString(name), type, 1)));
    }

    @Test
    void answersWhoMayAskAndDeniesWhoMayNot() throws Exception {
        Message allowed = ask("10.76.20.11", "mail.garden.kp.", Type.A, false);
        assertThat(allowed.getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactly("10.76.0.3");
        Message denied = ask("10.76.10.11", "mail.garden.kp.", Type.A, false);
        assertThat(denied.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(denied.getSection(Section.ANSWER)).isEmpty();
        assertThat(journal.events())
                .extracting(event -> event.resource() + " "
                        + Objects.requireNonNull(event.decision()).verdict().word())
                .containsExactly("mail.garden.kp A allow", "mail.garden.kp A deny");
    }

    @Test
    void truncatesALargeSetOverUdpAndDeliversItOverTcp() throws Exception {
        Message udp = ask("10.76.20.11", "big.garden.kp.", Type.TXT, false);
        assertThat(udp.getHeader().getFlag(org.xbill.DNS.Flags.TC)).isTrue();
        assertThat(udp.getSection(Section.ANSWER)).isEmpty();
        Message tcp = ask("10.76.20.11", "big.garden.kp.", Type.TXT, true);
        assertThat(tcp.getSection(Section.ANSWER)).hasSize(20);
    }

    @Test
    void sendsALongTransferToAClientThatHasEndedItsDirection(@TempDir Path folder) throws Exception {
        int names = 60_000;
        StringBuilder zone = new StringBuilder("$TTL 60\n@ SOA ns a 1 2 3 4 5\n@ NS ns\nns A 10.0.0.1\n");
        for (int name = 0; name < names; name++) {
            zone.append('n')
                    .append(name)
                    .append(" TXT \"")
                    .append("x".repeat(200))
                    .append("\"\n");
        }
        Path file = Files.writeString(folder.resolve("garden.kp.zone"), zone);
        service.reload(new DnsConfig(List.of(LISTEN), List.of(new DnsConfig.ZoneSource("garden.kp", file, false))));
        try (Socket client = new Socket()) {
            client.bind(new InetSocketAddress(plan.socket(Addresses.parse("10.76.20.11")), 0));
            client.setReceiveBufferSize(4_096); // so that most of it waits at the server when the end is seen
            client.connect(service.listeners().get(0).socket());
            client.setSoTimeout(10_000);
            byte[] query = EngineFixture.query("garden.kp", Type.AXFR).toWire();
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            out.writeShort(query.length);
            out.write(query);
            client.shutdownOutput();
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            int records = 0;
            for (int length = nextLength(in); length >= 0; length = nextLength(in)) {
                records += new Message(in.readNBytes(length)).getHeader().getCount(Section.ANSWER);
            }
            assertThat(records).isEqualTo(names + 4);
        }
    }

    private static int nextLength(DataInputStream in) throws IOException {
        int high = in.read();
        return high < 0 ? -1 : high << 8 | in.readUnsignedByte();
    }

    @Test
    void keepsServingTheOldZonesWhenTheNewOnesAreFaulty(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("garden.kp.zone"), "@ 60 IN A 10.0.0.1\n");
        DnsConfig faulty = new DnsConfig(List.of(LISTEN), List.of(new DnsConfig.ZoneSource("garden.kp", file, false)));
        assertThat(service.reload(faulty)).extracting(ZoneFault::file).containsOnly(file);
        assertThat(journal.events())
                .extracting(event -> event.action() + " " + event.resource())
                .contains("zone-kept garden.kp");
        assertThat(ask("10.76.20.11", "mail.garden.kp.", Type.A, false).getRcode())
                .isEqualTo(Rcode.NOERROR);
    }

    @Test
    void servesTheNewZonesAfterAReload(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("garden.kp.zone"),
                "$TTL 60\n@ SOA ns a 1 2 3 4 5\n@ NS ns\nns A 10.0.0.1\nnew A 10.0.0.2\n");
        service.reload(new DnsConfig(List.of(LISTEN), List.of(new DnsConfig.ZoneSource("garden.kp", file, false))));
        assertThat(ask("10.76.20.11", "new.garden.kp.", Type.A, false).getRcode())
                .isEqualTo(Rcode.NOERROR);
        assertThat(service.names().addresses("new.garden.kp").addresses()).containsExactly(Addresses.parse("10.0.0.2"));
    }

    @Test
    void namesTheTakenPort() {
        int port = service.listeners().get(0).socket().getPort();
        DnsService second = service(new DnsConfig(
                List.of(new InetSocketAddress(LISTEN.getAddress(), port - AddressPlan.LOOPBACK_PORT_SHIFT)),
                TestZones.sources()));
        assertThatThrownBy(second::start)
                .isInstanceOf(Service.StartException.class)
                .hasMessageContaining("taken");
        assertThat(second.listeners()).isEmpty();
    }
}
