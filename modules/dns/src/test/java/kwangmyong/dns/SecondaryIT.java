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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import kwangmyong.dns.tsig.TsigAlgorithm;
import kwangmyong.dns.tsig.TsigKey;
import kwangmyong.dns.tsig.TsigKeys;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.net.Transport;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zones taken from this server itself, from Knot and from NSD. Skipped where those are not installed. */
final class SecondaryIT {
    private static final String SECRET =
            Base64.getEncoder().encodeToString("a secret for tests alone".getBytes(StandardCharsets.UTF_8));
    private static final TsigKeys KEYS = new TsigKeys(List.of(new TsigKey(
            "transfer-key", TsigAlgorithm.HMAC_SHA256, Base64.getDecoder().decode(SECRET), null)));

    private final Transport transport = Transport.best(1);
    private final RecordingJournal journal = new RecordingJournal();
    private final SettableClock clock = new SettableClock();
    private final List<DnsService> services = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        services.forEach(DnsService::stop);
        transport.close();
    }

    private Path zone(String more, int serial) throws IOException {
        return Files.writeString(
                folder.resolve("example.kp.zone"),
                "$TTL 60\n@ SOA ns1 root " + serial + " 100 50 1000 60\n@ NS ns1\nns1 A 127.0.0.1\n" + more);
    }

    private DnsService serve(List<DnsConfig.ZoneSource> zones, TransferConfig transfers, InetSocketAddress listen)
            throws Exception {
        DnsService service = new DnsService(
                new DnsConfig(List.of(listen), zones).withTransfers(transfers),
                transport,
                AddressPlan.real(),
                ScriptedPolicy.allowingAll(),
                new ScriptedSessions(),
                journal,
                clock);
        service.start();
        services.add(service);
        return service;
    }

    private TransferConfig from(InetSocketAddress primary, String key) {
        return new TransferConfig(KEYS, InstantSource.system(), List.of())
                .withSecondaries(
                        List.of(new TransferConfig.Secondary("example.kp", primary, key)), folder.resolve("kept"));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static List<InetAddress> addresses(DnsService service, String name) {
        return service.names().addresses(name).addresses();
    }

    private void awaitAddress(DnsService service, String name, String address) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(addresses(service, name))
                        .extracting(InetAddress::getHostAddress)
                        .containsExactly(address));
    }

    /** What was done is journaled once it is in force, so a moment after an answer shows it. */
    private void awaitEvents(String... expected) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(journal.events())
                        .extracting(event -> event.action() + " " + event.resource() + " " + event.detail())
                        .contains(expected));
    }

    @Test
    void followsAPrimaryAtRefreshAndAtNotifyKeepsItAndLetsGoAtExpire() throws Exception {
        Path file = zone("a A 10.0.0.1\n", 1);
        List<DnsConfig.ZoneSource> zones = List.of(new DnsConfig.ZoneSource("example.kp", file, false));
        InetSocketAddress secondaryAt = OtherServers.free();
        var told = List.of(new TransferConfig.Told("example.kp", secondaryAt, "transfer-key"));
        DnsService primary = serve(zones, new TransferConfig(KEYS, InstantSource.system(), told), anyPort());
        InetSocketAddress primaryAt = primary.listeners().get(0).socket();
        DnsService secondary = serve(List.of(), from(primaryAt, "transfer-key"), secondaryAt);
        awaitAddress(secondary, "a.example.kp", "10.0.0.1");

        zone("a A 10.0.0.2\n", 2); // the primary tells of it
        primary.reload(new DnsConfig(List.of(), zones));
        awaitAddress(secondary, "a.example.kp", "10.0.0.2");
        awaitEvents("notified example.kp by its primary", "zone-taken example.kp serial 2");
        assertThat(journal.events())
                .filteredOn(event -> event.action().equals("transfer"))
                .extracting(event -> event.resource().toString())
                .containsSubsequence("example.kp AXFR", "example.kp IXFR");

        primary.stop();
        secondary.stop();
        DnsService again = serve(List.of(), from(primaryAt, "transfer-key"), anyPort());
        assertThat(addresses(again, "a.example.kp")).as("kept across a restart").hasSize(1);
        clock.advance(Duration.ofSeconds(1_001));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(addresses(again, "a.example.kp")).isEmpty());
        Awaitility.await()
                .untilAsserted(() -> assertThat(journal.events())
                        .extracting(event -> event.action())
                        .contains("zone-expired", "zone-not-taken"));
    }

    @Test
    void takesZonesFromKnotAndNsd() throws Exception {
        assumeThat(OtherServers.KNOT).exists();
        assumeThat(OtherServers.NSD).exists();
        zone("a A 10.0.0.1\nb TXT \"one; two\" \"\\\"three\\\"\"\nc TYPE65280 \\# 2 0A0B\n*.d MX 10 a\n", 1);
        try (OtherServers others = new OtherServers(folder)) {
            for (InetSocketAddress primary : List.of(knot(others), nsd(others))) {
                DnsService secondary = new DnsService(
                        new DnsConfig(List.of(anyPort()), List.of()).withTransfers(from(primary, "transfer-key")),
                        transport,
                        AddressPlan.real(),
                        ScriptedPolicy.allowingAll(),
                        new ScriptedSessions(),
                        journal,
                        clock);
                services.add(secondary);
                secondary.start();
                Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    clock.advance(Duration.ofSeconds(11)); // asked again soon, where the primary is not up yet
                    assertThat(addresses(secondary, "a.example.kp")).hasSize(1);
                });
                assertThat(Files.readString(folder.resolve("kept/example.kp.zone")))
                        .contains("one; two", "TYPE65280");
                secondary.stop();
                Files.delete(folder.resolve("kept/example.kp.zone"));
            }
        }
    }

    private static InetSocketAddress knot(OtherServers others) throws IOException {
        return others.knot("""
                key:
                  - id: transfer-key
                    algorithm: hmac-sha256
                    secret: "%s"
                acl:
                  - id: secondary
                    key: transfer-key
                    action: transfer
                zone:
                  - domain: example.kp
                    acl: secondary
                """.formatted(SECRET));
    }

    private static InetSocketAddress nsd(OtherServers others) throws IOException {
        return others.nsd("""
                key:
                 name: transfer-key
                 algorithm: hmac-sha256
                 secret: "%s"
                zone:
                 name: example.kp
                 zonefile: example.kp.zone
                 provide-xfr: 127.0.0.1 transfer-key
                """.formatted(SECRET));
    }
}
