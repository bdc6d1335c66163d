package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.dns.DnsConfig;
import kwangmyong.dns.DnsService;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service;
import kwangmyong.lab.command.Anchors;
import kwangmyong.lab.config.DnsSection;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.parts.ServiceConfigs;
import kwangmyong.net.Transport;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zones of lab-configs/signed, asked for by delv with the trust anchor that {@code kwm ca} writes. Skipped where delv is not installed. */
final class SignedLabIT {
    private static final Path DELV = Path.of("/usr/bin/delv");

    @TempDir
    static Path folder;

    private static final Transport TRANSPORT = Transport.best(1);
    private static LabDeclaration lab;
    private static DnsService service;

    @BeforeAll
    static void start() throws Service.StartException, IOException {
        assumeThat(DELV).exists();
        lab = Declared.orExplain(new LabFolder(Path.of(System.getProperty("kwm.home", "../.."))
                .resolve("lab-configs/signed")
                .toAbsolutePath()));
        StateFolder state = new StateFolder(folder.resolve("state"));
        state.create();
        assertThat(Anchors.export(lab, state, folder)).hasSize(3);
        DnsConfig declared = ServiceConfigs.dns(lab, state);
        service = new DnsService(
                new DnsConfig(List.of(new InetSocketAddress(Addresses.parse("127.0.0.1"), 0)), List.of())
                        .signing(declared.zones(), state.zoneKeys()),
                TRANSPORT,
                AddressPlan.real(),
                ScriptedPolicy.allowingAll(),
                new ScriptedSessions(),
                new RecordingJournal(),
                Instant::now);
        service.start();
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.stop();
        }
        TRANSPORT.close();
    }

    private static String delv(String... question) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                DELV.toString(),
                "@127.0.0.1",
                "-p",
                String.valueOf(service.listeners().get(0).socket().getPort()),
                "-a",
                folder.resolve("trust-anchors.conf").toString(),
                "+root=kp"));
        command.addAll(List.of(question));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void everyZoneBelowKpIsBelievedOrProvedToBeUnsigned() throws Exception {
        int signed = 0;
        for (DnsSection.Zone zone : lab.dns().zones()) {
            if (!("." + zone.name()).endsWith(".kp")) {
                assertThat(zone.signing()).as(zone.name()).isNull();
                continue;
            }
            boolean island = zone.name().equals("rcc.net.kp");
            assertThat(delv(zone.name(), "SOA"))
                    .as(zone.name())
                    .contains(island ? "unsigned answer" : "; fully validated");
            String missing = "no-such-name." + zone.name();
            assertThat(delv(missing, "TYPE65280")) // which no wildcard has
                    .as(missing)
                    .contains(island ? "negative response, unsigned" : "; negative response, fully validated");
            signed += island ? 0 : 1;
        }
        assertThat(signed).isGreaterThan(30);
    }

    @Test
    void onlyAChainTellsWhatElseThereIs() throws Exception {
        assertThat(delv("+vtrace", "missing.kp", "A")).doesNotContain("kcna");
        assertThat(delv("rep.kp", "NSEC")).contains("fully validated").contains("gnu.rep.kp. NS SOA RRSIG NSEC DNSKEY");
        assertThat(delv("kp", "NSEC")).contains("\\000.kp. NS SOA RRSIG NSEC DNSKEY");
    }
}
