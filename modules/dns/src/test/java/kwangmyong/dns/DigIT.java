package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service asked by dig, from the terminals of the loopback mode. Skipped where dig is not installed. */
final class DigIT {
    private static final Path DIG = Path.of("/usr/bin/dig");
    private static final String ACADEMIC = "127.76.20.11";
    private static final String NOBODY = "127.76.10.11";
    private static final Transport TRANSPORT = Transport.best(2);
    private static final DnsService SERVICE = new DnsService(
            new DnsConfig(List.of(new InetSocketAddress(Addresses.parse("10.76.0.1"), 0)), TestZones.sources()),
            TRANSPORT,
            AddressPlan.loopback(0, List.of(AddressRange.parse("10.76.0.0/16"))),
            new ScriptedPolicy(access -> "academic".equals(access.who().subject())
                    ? ScriptedPolicy.allow("library")
                    : ScriptedPolicy.deny(Reason.NOT_LOGGED_IN, Presentation.Dns.NXDOMAIN)),
            new ScriptedSessions().with("academic", "10.76.20.11"),
            new RecordingJournal(),
            new SettableClock());

    @BeforeAll
    static void start() throws Service.StartException {
        assumeThat(DIG).exists();
        SERVICE.start();
    }

    @AfterAll
    static void stop() {
        SERVICE.stop();
        TRANSPORT.close();
    }

    private static String dig(String from, String... arguments) throws IOException, InterruptedException {
        int port = SERVICE.listeners().get(0).socket().getPort();
        List<String> command = new ArrayList<>(List.of(
                DIG.toString(), "-r", "-b", from, "@127.76.0.1", "-p", String.valueOf(port), "+tries=1", "+time=5"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).doesNotContain("malformed", "Warning");
        return output;
    }

    @Test
    void givesTheRealAddressToWhoMayKnowIt() throws Exception {
        assertThat(dig(ACADEMIC, "+short", "www.garden.kp")).isEqualTo("mail.garden.kp.\n10.76.0.3\n");
        assertThat(dig(ACADEMIC, "+short", "+tcp", "ns1.garden.kp", "AAAA")).isEqualTo("fd00:76::1\n");
    }

    @Test
    void tellsNobodyNothingAndSaysWhy() throws Exception {
        assertThat(dig(NOBODY, "www.garden.kp"))
                .contains("status: NXDOMAIN", "EDE: 18 (Prohibited): (default)", "garden.kp.\t\t600\tIN\tSOA")
                .doesNotContain("10.76.0.3");
    }

    @Test
    void sendsALargeSetOverTcpAfterTruncation() throws Exception {
        assertThat(dig(ACADEMIC, "+ignore", "big.garden.kp", "TXT")).contains("flags: qr aa tc");
        assertThat(dig(ACADEMIC, "+short", "big.garden.kp", "TXT").lines()).hasSize(20);
    }

    @Test
    void transfersAZoneToWhoMayHaveIt() throws Exception {
        assertThat(dig(ACADEMIC, "garden.kp", "AXFR")).contains("XFR size:", "hidden.sub.garden.kp.");
        assertThat(dig(NOBODY, "garden.kp", "AXFR")).contains("Transfer failed.");
    }

    @Test
    void speaksEdnsAsDigExpects() throws Exception {
        assertThat(dig(ACADEMIC, "+nsid", "+bufsize=4096", "garden.kp", "SOA"))
                .contains("EDNS: version: 0", "udp: 1232");
        assertThat(dig(ACADEMIC, "+edns=1", "+noednsneg", "garden.kp", "SOA")).contains("status: BADVERS");
        assertThat(dig(ACADEMIC, "+opcode=update", "garden.kp", "SOA")).contains("status: NOTIMP");
    }

    @Test
    void keepsTheConnectionOpenForMore() throws Exception {
        assertThat(dig(ACADEMIC, "+tcp", "+keepopen", "+short", "mail.garden.kp", "ns2.garden.kp"))
                .isEqualTo("10.76.0.3\n10.76.0.2\n");
    }
}
