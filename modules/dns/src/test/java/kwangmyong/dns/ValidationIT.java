package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kwangmyong.dns.sign.Algorithm;
import kwangmyong.dns.sign.Denial;
import kwangmyong.dns.sign.SigningPolicy;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.Service;
import kwangmyong.net.Transport;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What this server signs, judged by others: delv and drill ask it, ldns-verify-zone and dnssec-verify read the zone that it hands over.
 * Skipped where they are not installed.
 */
@SuppressWarnings("NullAway.Init") // each test starts its service
final class ValidationIT {
    private static final Path DELV = Path.of("/usr/bin/delv");
    private static final Path DRILL = Path.of("/usr/bin/drill");
    private static final Path DIG = Path.of("/usr/bin/dig");
    private static final Path LDNS_VERIFY = Path.of("/usr/bin/ldns-verify-zone");
    private static final Path BIND_VERIFY = Path.of("/usr/bin/dnssec-verify");
    private static final String FORBIDDEN = "forbidden.top.kp";

    private final Transport transport = Transport.best(1);
    private DnsService service;

    @TempDir
    Path folder;

    static Stream<Arguments> policies() {
        return Stream.of(Algorithm.values())
                .flatMap(algorithm -> Stream.of(Denial.values()).map(denial -> Arguments.of(algorithm, denial)));
    }

    /** Zones that can be handed over; the denials of the others are made for each question. */
    static Stream<Arguments> chains() {
        return policies().filter(policy -> policy.get()[1] != Denial.COMPACT);
    }

    private SigningPolicy start(Algorithm algorithm, Denial denial) throws Service.StartException, IOException {
        for (Path tool : List.of(DELV, DRILL, DIG)) {
            assumeThat(tool).exists();
        }
        SigningPolicy policy = new SigningPolicy(algorithm, denial, Duration.ofDays(14));
        serve(SignedZones.config(folder.resolve("keys"), policy));
        SignedZones.anchors(folder.resolve("keys"), policy, folder);
        return policy;
    }

    private void serve(DnsConfig config) throws Service.StartException {
        service = new DnsService(
                config,
                transport,
                AddressPlan.real(),
                new ScriptedPolicy(access -> access.resource().toString().contains(FORBIDDEN)
                        ? ScriptedPolicy.deny(Reason.NOT_LOGGED_IN, Presentation.Dns.NXDOMAIN)
                        : ScriptedPolicy.allow("all")),
                new ScriptedSessions(),
                new RecordingJournal(),
                Instant::now);
        service.start();
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.stop();
        }
        transport.close();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void delvBelievesWhatIsTrueAndNothingElse(Algorithm algorithm, Denial denial) throws Exception {
        start(algorithm, denial);
        for (String proved : List.of(
                "top.kp SOA",
                "top.kp DNSKEY",
                "mail.top.kp A",
                "MAIL.top.KP A",
                "top.kp MX",
                "_sip._tcp.top.kp SRV",
                "svc.top.kp HTTPS",
                "n.top.kp NAPTR",
                "unknown.top.kp TYPE65280",
                "www.top.kp A",
                "any.wild.top.kp A",
                "far.below.wild.top.kp TXT",
                "x.alias.top.kp A",
                "target.child.top.kp AAAA",
                "child.top.kp DS",
                "chain.top.kp A",
                "tree.top.kp DNAME",
                "a.tree.top.kp TXT")) {
            assertThat(delv(proved)).as(proved).contains("; fully validated").doesNotContain("unsigned answer");
        }
        for (String denied : List.of(
                "missing.top.kp A",
                "far.away.missing.top.kp A",
                "mail.top.kp AAAA",
                "mail.top.kp DS",
                "empty.terminal.top.kp A",
                "any.wild.top.kp MX",
                "missing.child.top.kp A",
                "island.top.kp DS",
                "abroad.top.kp DS")) {
            assertThat(delv(denied)).as(denied).contains("; negative response, fully validated");
        }
        for (String denied : List.of("nowhere.top.kp A", "missing.tree.top.kp A")) {
            assertThat(delv(denied)).as(denied).contains(";; resolution failed: ncache nx", "; fully validated");
        }
        for (String unsigned : List.of("www.island.top.kp A", "island.top.kp SOA")) {
            assertThat(delv(unsigned)).as(unsigned).contains("unsigned answer");
        }
        assertThat(delv("across.top.kp A")).contains("fully validated", "unsigned answer");
        assertThat(delv(FORBIDDEN + " A")).as("what is kept from the asker").contains("resolution failed");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void drillFollowsSignaturesToTheAnchor(Algorithm algorithm, Denial denial) throws Exception {
        start(algorithm, denial);
        for (String proved : List.of("mail.top.kp A", "top.kp MX", "target.child.top.kp AAAA", "top.kp SOA")) {
            assertThat(drill(proved)).as(proved).contains(";; Chase successful");
        }
        assertThat(drill(FORBIDDEN + " A")).doesNotContain("Chase successful");
    }

    @ParameterizedTest
    @MethodSource("chains")
    void aChangedRecordIsBogus(Algorithm algorithm, Denial denial) throws Exception {
        assumeThat(LDNS_VERIFY).exists();
        SigningPolicy policy = start(algorithm, denial);
        String transferred = transfer(SignedZones.TOP);
        service.stop();
        Path changed = Files.writeString(
                folder.resolve("top.kp.zone"), transferred.replace("10.76.0.3", "10.76.0.4"), StandardCharsets.UTF_8);
        assertThat(transferred).contains("10.76.0.3");
        assertThat(run(-1, LDNS_VERIFY.toString(), changed.toString())).contains("Bogus DNSSEC signature");
        DnsConfig.ZoneSource source = new DnsConfig.ZoneSource(SignedZones.TOP, changed, false);
        serve(new DnsConfig(SignedZones.config(folder, policy).listen(), List.of(source)));
        assertThat(delv("ns1.top.kp A")).as("left alone").contains("; fully validated");
        assertThat(delv("missing.top.kp A")).as("left alone").contains("negative response, fully validated");
        assertThat(delv("mail.top.kp A")).as("changed").contains("resolution failed: RRSIG failed to verify");
        assertThat(drill("ns1.top.kp A")).contains(";; Chase successful");
        assertThat(drill("mail.top.kp A")).doesNotContain(";; Chase successful");
    }

    @ParameterizedTest
    @MethodSource("chains")
    void theZoneHandedOverIsWhole(Algorithm algorithm, Denial denial) throws Exception {
        assumeThat(LDNS_VERIFY).exists();
        assumeThat(BIND_VERIFY).exists();
        start(algorithm, denial);
        for (String origin : List.of(SignedZones.TOP, "child.top.kp")) {
            Path file = Files.writeString(folder.resolve(origin + ".axfr"), transfer(origin));
            run(0, LDNS_VERIFY.toString(), file.toString());
            assertThat(run(0, BIND_VERIFY.toString(), "-z", "-o", origin, file.toString()))
                    .contains("Zone fully signed");
        }
    }

    private String transfer(String origin) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> run(
                                0,
                                DIG.toString(),
                                "-r",
                                "@127.0.0.1",
                                "-p",
                                port(),
                                "+onesoa",
                                "+nocmd",
                                "+nostats",
                                origin,
                                "AXFR"),
                        text -> text.contains("RRSIG"));
    }

    private String port() {
        return String.valueOf(service.listeners().get(0).socket().getPort());
    }

    private String delv(String question) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                DELV.toString(),
                "@127.0.0.1",
                "-p",
                port(),
                "-a",
                folder.resolve("anchors.conf").toString(),
                "+root=" + SignedZones.TOP));
        command.addAll(List.of(question.split(" ", -1)));
        return run(-1, command.toArray(new String[0]));
    }

    private String drill(String question) throws IOException, InterruptedException {
        String[] words = question.split(" ", -1);
        return run(
                -1,
                DRILL.toString(),
                "-S",
                "-D",
                "-k",
                folder.resolve("anchors.key").toString(),
                "-p",
                port(),
                words[0],
                "@127.0.0.1",
                words[1]);
    }

    /** @param status that is expected; -1 for any */
    private static String run(int status, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int actual = process.waitFor();
        if (status >= 0) {
            assertThat(actual).as(String.join(" ", command) + "\n" + output).isEqualTo(status);
        }
        return output;
    }
}
