package kwangmyong.lab;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.dns.DnsConfig;
import kwangmyong.dns.DnsService;
import kwangmyong.dns.zone.PolicyZone;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.LabReader;
import kwangmyong.lab.policy.PolicyExport;
import kwangmyong.net.Transport;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * BIND as a resolver outside the lab, which asks a name server that allows everything, with the exported policy zone of each subject in a view: it
 * answers each as the lab's own name server does. Skipped where BIND is not installed.
 */
final class PolicyResolverIT {
    private static final Path BIND = Path.of("/usr/sbin/named");
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final LabDeclaration lab =
            ((LabReader.Result.Read) LabReader.read(configs().resolve("kwangmyong"))).lab();
    private final PolicySnapshot rules = PolicySnapshot.of(lab.policy());
    private final Transport transport = Transport.best(1);
    private final List<DnsService> services = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    Path folder;

    private static Path configs() {
        return Path.of(requireNonNull(System.getProperty("kwm.home"))).resolve("lab-configs");
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        services.forEach(DnsService::stop);
        transport.close();
    }

    @Test
    void answersEverySubjectAsTheLabDoes() throws Exception {
        assumeThat(BIND).exists();
        Set<String> names = new LinkedHashSet<>();
        lab.dns().zones().forEach(zone -> names.addAll(PolicyZone.names(zone.name(), zone.file())));
        names.removeIf(name -> name.indexOf('*') >= 0 || name.indexOf('\\') >= 0);
        names.remove(
                "t.tunnel.example"); // delegated to a server that is not here: a referral to the one, a failure to the
        // other
        names.addAll(List.of("no-such-name.kp", "deep.below.namsan.aca.kp", "www.no-such-name.com.kp"));
        InetSocketAddress open = serve(access -> ScriptedPolicy.allow("open"));
        List<Subject> subjects = lab.policy().subjects();
        InetSocketAddress resolver = bind(subjects, names, open);
        int denied = 0;
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            Identity who = identity(subject);
            InetSocketAddress own = serve(access ->
                    Decisions.decide(rules, new Access(who, access.layer(), access.action(), access.resource(), NOW)));
            for (String name : names) {
                String expected = look(ask(own, client(i), name));
                assertThat(look(ask(resolver, client(i), name)))
                        .as(subject.name() + " asks for " + name)
                        .isEqualTo(expected);
                denied += expected.startsWith("NXDOMAIN") ? 1 : 0;
            }
        }
        System.out.printf(
                "policy zones in BIND: %d subjects, %d names each, %d answers alike, %d of them denials or names that are not there%n",
                subjects.size(), names.size(), subjects.size() * names.size(), denied);
        assertThat(denied).isGreaterThan(names.size());
    }

    private Identity identity(Subject subject) {
        InetAddress terminal = requireNonNull(lab.terminals().get(subject.name()));
        return new Identity(
                terminal,
                rules.attachmentOf(terminal),
                new Session("s", subject.name(), terminal, NOW, null, Session.Origin.PORTAL));
    }

    private InetSocketAddress serve(Function<Access, Decision> decisions) throws Exception {
        DnsService service = new DnsService(
                new DnsConfig(
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        lab.dns().zones().stream()
                                .map(zone -> new DnsConfig.ZoneSource(zone.name(), zone.file(), zone.world()))
                                .toList()),
                transport,
                AddressPlan.real(),
                new ScriptedPolicy(decisions),
                new ScriptedSessions(),
                new RecordingJournal(),
                new SettableClock());
        service.start();
        services.add(service);
        return service.listeners().get(0).socket();
    }

    /** Whom a view is for. */
    private static String client(int view) {
        return "127.0.0." + (10 + view);
    }

    private InetSocketAddress bind(List<Subject> subjects, Set<String> names, InetSocketAddress open)
            throws IOException {
        InetSocketAddress at = free();
        StringBuilder text = new StringBuilder("""
                options {
                    directory "%s";
                    pid-file none;
                    session-keyfile none;
                    listen-on port %d { 127.0.0.1; };
                    listen-on-v6 { none; };
                    recursion yes;
                    allow-query { any; };
                    dnssec-validation no;
                    max-cache-size 8m;
                    forward only;
                    forwarders { 127.0.0.1 port %d; };
                };
                controls { };
                """.formatted(folder, at.getPort(), open.getPort()));
        for (int i = 0; i < subjects.size(); i++) {
            String name = subjects.get(i).name();
            Files.writeString(
                    folder.resolve(name + ".rpz"),
                    new PolicyExport(rules, identity(subjects.get(i)), NOW, names).text(name + ".rpz", "a test"));
            text.append("""
                    view "%1$s" {
                        match-clients { %2$s; };
                        response-policy { zone "%1$s.rpz"; } qname-wait-recurse no;
                        zone "%1$s.rpz" { type primary; file "%1$s.rpz"; };
                    };
                    """.formatted(name, client(i)));
        }
        Path file = Files.writeString(folder.resolve("named.conf"), text);
        Path said = folder.resolve("named.out");
        Process process = new ProcessBuilder(BIND.toString(), "-g", "-n", "1", "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        processes.add(process);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
            assertThat(Files.readString(said)).contains("running");
        });
        return at;
    }

    private static Message ask(InetSocketAddress server, String from, String name) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), Type.A, DClass.IN));
        byte[] wire = query.toWire();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(Addresses.parse(from), 0))) {
            socket.setSoTimeout(20_000);
            socket.send(new DatagramPacket(wire, wire.length, server));
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);
            return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
        }
    }

    /** The response code and the addresses: what whoever asks goes by. */
    private static String look(Message answer) {
        Set<String> addresses = new TreeSet<>();
        for (Record record : answer.getSection(Section.ANSWER)) {
            if (record instanceof ARecord address) {
                addresses.add(address.getAddress().getHostAddress());
            }
        }
        return Rcode.string(answer.getRcode()) + " " + addresses;
    }

    private static InetSocketAddress free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }
}
