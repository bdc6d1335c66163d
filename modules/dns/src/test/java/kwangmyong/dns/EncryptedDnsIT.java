package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.Authority;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** DNS over TLS and over HTTPS as kdig, dig and curl speak them; skipped where they are not installed. */
final class EncryptedDnsIT {
    private static final Path KDIG = Path.of("/usr/bin/kdig");
    private static final Path DIG = Path.of("/usr/bin/dig");
    private static final Path CURL = Path.of("/usr/bin/curl");
    private static final String ACADEMIC = "127.76.20.11";
    private static final String NOBODY = "127.76.10.11";
    private static final Transport TRANSPORT = Transport.best(2);

    @TempDir
    static Path folder;

    private static DnsService service;
    private static DnsService blocked;
    private static Path trusted;

    @BeforeAll
    static void start() throws Exception {
        Authority authority = Authority.open(folder, "garden", "Test authority");
        trusted = authority.exportTo(folder);
        service = service(authority, DnsConfig.Offer.OFFERED);
        blocked = service(authority, DnsConfig.Offer.RESET);
        service.start();
        blocked.start();
    }

    private static DnsService service(Authority authority, DnsConfig.Offer offer) {
        InetSocketAddress any = new InetSocketAddress(Addresses.parse("10.76.0.1"), 0);
        DnsConfig.Door door = new DnsConfig.Door(List.of(any), offer);
        return new DnsService(
                new DnsConfig(List.of(any), TestZones.sources())
                        .withEncrypted(new DnsConfig.Encrypted(door, door, List.of("dns.kp"))),
                TRANSPORT,
                AddressPlan.loopback(0, List.of(AddressRange.parse("10.76.0.0/16"))),
                new ScriptedPolicy(access -> "academic".equals(access.who().subject())
                        ? ScriptedPolicy.allow("library")
                        : ScriptedPolicy.deny(Reason.NOT_LOGGED_IN, Presentation.Dns.NXDOMAIN)),
                new ScriptedSessions().with("academic", "10.76.20.11").with("academic", "10.0.0.1"),
                new RecordingJournal(),
                new SettableClock(),
                authority);
    }

    @AfterAll
    static void stop() {
        service.stop();
        blocked.stop();
        TRANSPORT.close();
    }

    private static String port(DnsService of, String protocol) {
        return of.listeners().stream()
                .filter(listener -> listener.protocol().equals(protocol))
                .map(listener -> String.valueOf(listener.socket().getPort()))
                .findFirst()
                .orElseThrow();
    }

    private static String run(Path program, List<String> arguments) throws IOException, InterruptedException {
        assumeThat(program).exists();
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile(folder, "output", "");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(command.toString()).isTrue();
        return new String(Files.readAllBytes(output), StandardCharsets.ISO_8859_1);
    }

    private static String kdig(String from, String protocol, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("-b", from, "@127.76.0.1", "-p", port(service, protocol), "+tls-ca=" + trusted, "+retry=0"));
        arguments.addAll(List.of(more));
        return run(KDIG, arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+tls-hostname=dns.kp", "+tls-hostname=127.76.0.1", "+tls-hostname=10.76.0.1"})
    void kdigSpeaksTlsToANameOrAddressThatTheCertificateSpeaksFor(String host) throws Exception {
        assertThat(kdig(ACADEMIC, "dns/tls", "+tls", host, "mail.garden.kp"))
                .contains("status: NOERROR", "10.76.0.3", ";; PADDING:", ";; Received 468 B");
        assertThat(kdig(NOBODY, "dns/tls", "+tls", host, "mail.garden.kp")).contains("status: NXDOMAIN");
    }

    @Test
    void kdigRefusesAnotherName() throws Exception {
        assertThat(kdig(ACADEMIC, "dns/tls", "+tls", "+tls-hostname=other.kp", "mail.garden.kp"))
                .doesNotContain("10.76.0.3");
    }

    @Test
    void kdigKeepsItsTlsConnectionAndTransfersOverIt() throws Exception {
        assertThat(kdig(
                        ACADEMIC,
                        "dns/tls",
                        "+tls",
                        "+keepopen",
                        "+tls-hostname=dns.kp",
                        "mail.garden.kp",
                        "ns2.garden.kp"))
                .contains("10.76.0.3", "10.76.0.2");
        assertThat(kdig(ACADEMIC, "dns/tls", "+tls", "+tls-hostname=dns.kp", "garden.kp", "AXFR"))
                .contains("hidden.sub.garden.kp.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+https", "+https-get"})
    void kdigSpeaksHttps(String how) throws Exception {
        assertThat(kdig(ACADEMIC, "dns/https", how, "+tls-hostname=dns.kp", "mail.garden.kp"))
                .contains("HTTP session (HTTP/2-", "(status: 200)", "status: NOERROR", "10.76.0.3", "Received 468 B");
        assertThat(kdig(NOBODY, "dns/https", how, "+tls-hostname=dns.kp", "mail.garden.kp"))
                .contains("status: NXDOMAIN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+https", "+https-get"})
    void digSpeaksHttpsWithCookies(String how) throws Exception {
        List<String> arguments = List.of(
                "-r",
                "-b",
                ACADEMIC,
                "@127.76.0.1",
                "-p",
                port(service, "dns/https"),
                how,
                "+tls-ca=" + trusted,
                "+tls-hostname=dns.kp",
                "+cookie",
                "mail.garden.kp");
        assertThat(run(DIG, arguments)).contains("status: NOERROR", "10.76.0.3", "(good)");
    }

    @Test
    void digLearnsACookieOverUdp() throws Exception {
        List<String> arguments = List.of(
                "-r", "-b", ACADEMIC, "@127.76.0.1", "-p", port(service, "dns/udp"), "+cookie", "mail.garden.kp");
        assertThat(run(DIG, arguments)).contains("status: NOERROR", "; COOKIE: ", "(good)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2"})
    void curlFetchesAMessageWithEitherVersionOfHttp(String version) throws Exception {
        byte[] query = EngineFixture.query("mail.garden.kp", Type.A).toWire();
        String url = "https://127.76.0.1:" + port(service, "dns/https") + "/dns-query?dns="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(query);
        String twice = run(
                CURL, List.of("-s", "-i", version, "--cacert", trusted.toString(), "--interface", ACADEMIC, url, url));
        assertThat(twice.split("application/dns-message", -1)).hasSize(3);
        assertThat(twice).contains(" 200", "private, max-age=3600");
    }

    /** curl asks from no address in particular, and from a loopback one reaches nothing at what it finds; that it found it is what counts. */
    @Test
    void curlResolvesNamesOverHttps() throws Exception {
        String output = run(
                CURL,
                List.of(
                        "-sv",
                        "-m",
                        "5",
                        "--noproxy",
                        "*",
                        "--cacert",
                        trusted.toString(),
                        "--interface",
                        ACADEMIC,
                        "--doh-url",
                        "https://127.76.0.1:" + port(service, "dns/https") + "/dns-query",
                        "http://mail.garden.kp/"));
        assertThat(output).contains("Trying 10.76.0.3:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns/tls", "dns/https"})
    void resetsWhereItIsBlocked(String protocol) throws Exception {
        String output = run(
                CURL,
                List.of(
                        "-sS",
                        "-m",
                        "20",
                        "--cacert",
                        trusted.toString(),
                        "https://127.76.0.1:" + port(blocked, protocol) + "/dns-query?dns=AAAA"));
        assertThat(output).contains("eset by peer");
    }

    @Test
    void listensAtItsOwnAddressesUnderTheirNames() {
        assertThat(service.listeners())
                .extracting(Service.Listener::protocol)
                .containsExactly("dns/udp", "dns/tcp", "dns/tls", "dns/https");
    }
}
