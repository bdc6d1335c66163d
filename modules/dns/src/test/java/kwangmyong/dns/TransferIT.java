package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import kwangmyong.dns.tsig.TsigAlgorithm;
import kwangmyong.dns.tsig.TsigKey;
import kwangmyong.dns.tsig.TsigKeys;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.net.Transport;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transfers asked for by dig, with and without signatures, and taken by NSD and Knot as secondaries. Skipped where they are not installed. */
final class TransferIT {
    private static final Path DIG = Path.of("/usr/bin/dig");
    private static final String SECRET =
            Base64.getEncoder().encodeToString("a secret for tests alone".getBytes(StandardCharsets.UTF_8));
    private static final int MANY = 3_000;

    private final Transport transport = Transport.best(1);
    private final RecordingJournal journal = new RecordingJournal();
    private Duration ahead = Duration.ZERO;
    private Path zone = Path.of("");
    private final List<TransferConfig.Told> told = new ArrayList<>();
    private int refresh = 1;
    private DnsService service = service();

    @TempDir
    Path folder;

    private @Nullable OtherServers others;

    private DnsService service() {
        return service(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private DnsService service(InetSocketAddress listen) {
        List<TsigKey> keys = new ArrayList<>();
        for (TsigAlgorithm algorithm : TsigAlgorithm.values()) {
            keys.add(
                    new TsigKey(algorithm.word(), algorithm, Base64.getDecoder().decode(SECRET), "secondary"));
        }
        InstantSource machine = () -> Instant.now().plus(ahead);
        return new DnsService(
                new DnsConfig(List.of(listen), config().zones())
                        .withTransfers(new TransferConfig(new TsigKeys(keys), machine, told)),
                transport,
                AddressPlan.real(),
                new ScriptedPolicy(access -> access.action() != Action.TRANSFER
                                || "secondary".equals(access.who().subject())
                        ? ScriptedPolicy.allow("test")
                        : ScriptedPolicy.deny(Reason.NOT_LOGGED_IN, Presentation.Dns.REFUSED)),
                new ScriptedSessions(),
                journal,
                new SettableClock());
    }

    private DnsConfig config() {
        return new DnsConfig(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                List.of(new DnsConfig.ZoneSource("example.kp", zone, false)));
    }

    @BeforeEach
    void start() throws Exception {
        assumeThat(DIG).exists();
        zone = folder.resolve("example.kp.zone");
        write(1, "");
        service = service();
        service.start();
    }

    @AfterEach
    void stop() {
        if (others != null) {
            others.close();
        }
        service.stop();
        transport.close();
    }

    /** A zone of several messages. */
    private void write(int serial, String more) throws IOException {
        StringBuilder text = new StringBuilder("$TTL 60\n@ SOA ns1 root " + serial + " " + refresh
                + " 1 3600 60\n@ NS ns1\n@ NS ns2\nns1 A 127.0.0.1\nns2 A 127.0.0.2\n");
        for (int i = 0; i < MANY; i++) {
            text.append("host")
                    .append(i)
                    .append(" A 10.0.")
                    .append(i / 250)
                    .append('.')
                    .append(i % 250)
                    .append('\n');
        }
        Files.writeString(zone, text + more);
    }

    private InetSocketAddress address() {
        return service.listeners().get(0).socket();
    }

    private String dig(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                DIG.toString(),
                "-r",
                "@127.0.0.1",
                "-p",
                String.valueOf(address().getPort()),
                "+tries=1",
                "+time=5"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @ParameterizedTest
    @EnumSource
    void signsEveryMessageOfATransferAndItsAskerIsTheKeysSubject(TsigAlgorithm algorithm) throws Exception {
        String key = algorithm.word() + ":" + algorithm.word() + ":" + SECRET;
        assertThat(dig("-y", key, "example.kp", "AXFR"))
                .contains("XFR size: " + (MANY + 6) + " records", "NOERROR")
                .doesNotContain("Couldn't verify", "failed");
        assertThat(dig("-y", key, "example.kp", "SOA", "+notcp"))
                .contains("status: NOERROR", "TSIG")
                .doesNotContain("Couldn't verify");
        assertThat(dig("example.kp", "AXFR")).contains("Transfer failed");
        assertThat(journal.events())
                .filteredOn(event -> event.action().equals("transfer"))
                .extracting(event -> event.who() == null ? null : event.who().subject())
                .containsExactly("secondary", null);
    }

    @Test
    void refusesSignaturesThatDoNotHoldAndSaysWhy() throws Exception {
        String wrong = Base64.getEncoder().encodeToString("another secret".getBytes(StandardCharsets.UTF_8));
        assertThat(dig("-y", "hmac-sha256:nobody:" + SECRET, "example.kp", "SOA"))
                .contains("NOTAUTH", "BADKEY");
        assertThat(dig("-y", "hmac-sha256:hmac-sha256:" + wrong, "example.kp", "SOA"))
                .contains("NOTAUTH", "BADSIG");
        assertThat(dig("-y", "hmac-sha512:hmac-sha256:" + SECRET, "example.kp", "SOA"))
                .contains("NOTAUTH", "BADKEY");
        ahead = Duration.ofHours(1);
        assertThat(dig("-y", "hmac-sha256:hmac-sha256:" + SECRET, "example.kp", "SOA"))
                .contains("NOTAUTH", "BADTIME")
                .doesNotContain("BADSIG");
        assertThat(journal.events())
                .extracting(event -> event.action() + " " + event.detail())
                .contains("tsig BADKEY", "tsig BADSIG", "tsig BADTIME");
    }

    @Test
    void givesTheDifferenceAndTheWholeWhereItIsNotKnown() throws Exception {
        String[] key = {"-y", "hmac-sha256:hmac-sha256:" + SECRET};
        write(2, "new A 10.9.9.9\n");
        assertThat(service.reload(config())).isEmpty();
        write(3, "new A 10.9.9.10\n");
        assertThat(service.reload(config())).isEmpty();
        assertThat(dig(key[0], key[1], "example.kp", "IXFR=1"))
                .contains("XFR size: 9 records", "10.9.9.9", "10.9.9.10")
                .doesNotContain("host1.");
        assertThat(dig(key[0], key[1], "example.kp", "IXFR=2")).contains("XFR size: 6 records");
        assertThat(dig(key[0], key[1], "example.kp", "IXFR=3")).contains("XFR size: 1 records");
        assertThat(dig(key[0], key[1], "example.kp", "IXFR=7")).contains("XFR size: 1 records");
        assertThat(dig(key[0], key[1], "example.kp", "IXFR=0")).contains("XFR size: " + (MANY + 7) + " records");
        write(3, "other A 10.9.9.11\n");
        service.reload(config());
        assertThat(dig(key[0], key[1], "example.kp", "IXFR=2"))
                .as("a zone that changed without its serial has no past")
                .contains("XFR size: " + (MANY + 7) + " records");
    }

    @Test
    void isAPrimaryForNsdAndKnot() throws Exception {
        assumeThat(OtherServers.NSD).exists();
        assumeThat(OtherServers.KNOT).exists();
        InetSocketAddress nsd = nsd();
        InetSocketAddress knot = knot();
        awaitSerial(nsd, "1");
        awaitSerial(knot, "1");
        write(2, "new A 10.9.9.9\n");
        assertThat(service.reload(config())).isEmpty();
        awaitSerial(nsd, "2");
        awaitSerial(knot, "2");
        for (InetSocketAddress secondary : List.of(nsd, knot)) {
            assertThat(ask(secondary, "new.example.kp", "A")).isEqualTo("10.9.9.9\n");
            assertThat(ask(secondary, "host2999.example.kp", "A")).isEqualTo("10.0.11.249\n");
        }
        assertThat(journal.events())
                .filteredOn(event -> event.action().equals("transfer"))
                .extracting(event -> event.resource().toString())
                .contains("example.kp IXFR");
    }

    @Test
    void tellsSecondariesOfANewVersion() throws Exception {
        assumeThat(OtherServers.NSD).exists();
        refresh = 3600;
        write(1, "");
        service.reload(config());
        InetSocketAddress nsd = nsd();
        awaitSerial(nsd, "1");
        told.add(new TransferConfig.Told("example.kp", nsd, null));
        told.add(new TransferConfig.Told(
                ".kp", nsd, "hmac-sha256")); // which NSD refuses, as it takes none that is signed
        told.add(new TransferConfig.Told("other.kp", nsd, null));
        InetSocketAddress before = address();
        service.stop();
        service = service(before);
        service.start();
        write(2, "new A 10.9.9.9\n");
        service.reload(config());
        awaitSerial(nsd, "2");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(journal.events())
                        .filteredOn(event -> event.action().equals("notify"))
                        .extracting(event -> event.resource() + " " + event.detail())
                        .contains("example.kp 2 127.0.0.1: NOERROR", "example.kp 2 127.0.0.1: REFUSED")
                        .doesNotContain("other.kp"));
    }

    private static void awaitSerial(InetSocketAddress server, String serial) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(ask(server, "example.kp", "SOA")).contains(" " + serial + " "));
    }

    private static String ask(InetSocketAddress server, String name, String type) throws Exception {
        return run(List.of(
                DIG.toString(),
                "-r",
                "@127.0.0.1",
                "-p",
                String.valueOf(server.getPort()),
                "+short",
                "+tries=1",
                "+time=2",
                name,
                type));
    }

    private OtherServers others() {
        if (others == null) {
            others = new OtherServers(folder);
        }
        return others;
    }

    private InetSocketAddress nsd() throws IOException {
        return others().nsd("""
                key:
                 name: hmac-sha256
                 algorithm: hmac-sha256
                 secret: "%s"
                zone:
                 name: example.kp
                 zonefile: "secondary-nsd.zone"
                 request-xfr: 127.0.0.1@%d hmac-sha256
                 allow-notify: 127.0.0.1 NOKEY
                """.formatted(SECRET, address().getPort()));
    }

    private InetSocketAddress knot() throws IOException {
        return others().knot("""
                key:
                  - id: hmac-sha512
                    algorithm: hmac-sha512
                    secret: "%s"
                remote:
                  - id: primary
                    address: 127.0.0.1@%d
                    key: hmac-sha512
                zone:
                  - domain: example.kp
                    file: secondary-knot.zone
                    master: primary
                """.formatted(SECRET, address().getPort()));
    }
}
