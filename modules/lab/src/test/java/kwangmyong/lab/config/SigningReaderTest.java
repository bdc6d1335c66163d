package kwangmyong.lab.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.dns.sign.Algorithm;
import kwangmyong.dns.sign.Denial;
import kwangmyong.dns.sign.SigningPolicy;
import kwangmyong.lab.yaml.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningReaderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void zones() throws IOException {
        Files.createDirectories(folder.resolve("zones"));
        for (String zone : List.of("kp", "org.kp", "a.org.kp", "org", "borg.kp")) {
            Files.writeString(folder.resolve("zones").resolve(zone + ".zone"), "");
        }
    }

    private LabReader.Result read(String zones) {
        return LabText.read(folder, LabText.with("dns: {listen: 10.80.0.1}", "dns: {dnssec: {zones: " + zones + "}}"));
    }

    private Map<String, SigningPolicy> signed(String zones) {
        Map<String, SigningPolicy> signed = new HashMap<>();
        for (DnsSection.Zone zone : LabText.declaration(read(zones)).dns().zones()) {
            if (zone.signing() != null) {
                signed.put(zone.name(), zone.signing());
            }
        }
        return signed;
    }

    private List<String> faults(String zones) {
        return LabText.faults(read(zones)).stream().map(Fault::message).toList();
    }

    @Test
    void aNameIsThatZoneAndADotBeforeItAllBelowToo() {
        assertThat(signed("{org.kp: {}}")).containsOnlyKeys("org.kp");
        assertThat(signed("{.org.kp: {}}")).containsOnlyKeys("org.kp", "a.org.kp");
        assertThat(signed("{.kp: {}}")).containsOnlyKeys("kp", "org.kp", "a.org.kp", "borg.kp");
    }

    @Test
    void theLongestKeyDecidesAndAnExactOneBeforeAll() {
        Map<String, SigningPolicy> signed =
                signed("{.kp: {}, .org.kp: {denial: nsec}, org.kp: {denial: nsec3}, borg.kp: {sign: false}}");
        assertThat(signed).containsOnlyKeys("kp", "org.kp", "a.org.kp");
        assertThat(signed.get("kp")).isEqualTo(SigningPolicy.DEFAULT);
        assertThat(requireNonNull(signed.get("a.org.kp")).denial()).isEqualTo(Denial.NSEC);
        assertThat(requireNonNull(signed.get("org.kp")).denial()).isEqualTo(Denial.NSEC3);
    }

    @Test
    void everyKeyIsRead() {
        assertThat(signed("{kp: {algorithm: ed25519, denial: nsec3, validity: 36h}}")
                        .get("kp"))
                .isEqualTo(new SigningPolicy(Algorithm.ED25519, Denial.NSEC3, Duration.ofHours(36)));
    }

    @Test
    void withoutTheSectionNothingIsSigned() {
        LabReader.Result plain = LabText.read(folder, LabText.SOUND);
        assertThat(LabText.declaration(plain).dns().zones()).hasSize(5).allMatch(zone -> zone.signing() == null);
    }

    @Test
    void whatIsMistakenIsSaid() {
        assertThat(faults("{ork.kp: {}}")).containsExactly("no zone of this lab has this name; did you mean 'org.kp'?");
        assertThat(faults("{.net: {}}")).hasSize(1);
        assertThat(faults("{kp: {denial: nsec5}}")).hasSize(1);
        assertThat(faults("{kp: {validity: 2w}}"))
                .hasSize(1)
                .first()
                .asString()
                .contains("hours or days, as 12h or 14d");
        assertThat(faults("{kp: {algoritm: ed25519}}"))
                .hasSize(1)
                .first()
                .asString()
                .contains("algorithm");
        assertThat(faults("{'*.kp': {}}")).isNotEmpty();
    }
}
