package kwangmyong.dns.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Serial;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneLoader;
import kwangmyong.dns.zone.ZoneSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;

/** Judged by dnsjava's verifier, which shares no code with the signer. */
class ZoneSigningTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    @TempDir
    Path folder;

    private ZoneSet zones;

    @BeforeEach
    void load() throws IOException {
        ZoneLoader loader = new ZoneLoader();
        loader.load("kp", Files.writeString(folder.resolve("kp.zone"), """
                $TTL 300
                @ SOA NS.kp. Host.kp. 1 2 3 4 60
                  NS NS
                  MX 10 Mail.KP.
                ns A 10.0.0.1
                sub NS ns.sub
                ns.sub A 10.0.0.2
                plain NS ns
                a.b TXT "two" "texts"
                *.w SRV 1 2 3 Host.KP.
                """));
        loader.load("sub.kp", Files.writeString(folder.resolve("sub.zone"), """
                $TTL 300
                @ SOA ns h 1 2 3 4 60
                  NS ns
                ns A 10.0.0.2
                """));
        assertThat(loader.faults()).isEmpty();
        zones = loader.zones();
    }

    private ZoneSigning signing(Denial denial) {
        SigningPolicy policy = new SigningPolicy(Algorithm.ECDSAP256SHA256, denial, Duration.ofDays(8));
        return new ZoneSigning(Map.of("kp", policy, "sub.kp", policy), new KeyFolder(folder.resolve("keys")));
    }

    private static Zone zone(ZoneSigning.Result result, String name) {
        return result.zones().zones().stream()
                .filter(zone -> zone.apex().text().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Node node(Zone zone, String name) throws IOException {
        CanonicalName canonical = new CanonicalName();
        canonical.set(Name.fromString(name, Name.root).toWire(), 0);
        Node node = zone.closest(canonical);
        assertThat(node.labels()).isEqualTo(canonical.labels());
        return node;
    }

    private static RRset records(Node node, RecordSet set) throws IOException {
        RRset records = new RRset();
        for (int i = 0; i < set.size(); i++) {
            records.addRR(Record.newRecord(new Name(node.owner()), set.type(), 1, set.ttl(), set.data(i)));
        }
        return records;
    }

    /** A process of its own: another signer over the same folder. */
    private Zone signedAnew(Denial denial, Instant now) throws IOException {
        return zone(signing(denial).sign(zones, now), "kp");
    }

    @Test
    void theSerialRisesWhenWhatIsServedChangesAndOnlyThen() throws Exception {
        assertThat(Serial.of(signedAnew(Denial.NSEC, NOW)))
                .as("that of the file")
                .isEqualTo(1);
        Zone again = signedAnew(Denial.NSEC, NOW.plus(Duration.ofDays(1)));
        assertThat(Serial.of(again)).as("after a restart").isEqualTo(1);
        assertThat(signing(Denial.NSEC)
                        .sign(zones, NOW.plus(Duration.ofDays(1)))
                        .isDue(NOW.plus(Duration.ofDays(6))))
                .as("signatures end when they would have")
                .isTrue();
        assertThat(Serial.of(signedAnew(Denial.NSEC, NOW.plus(Duration.ofDays(6)))))
                .as("signed anew")
                .isEqualTo(2);
        assertThat(Serial.of(signedAnew(Denial.NSEC3, NOW.plus(Duration.ofDays(6)))))
                .as("signed another way")
                .isEqualTo(3);
        change("a.b TXT \"two\" \"texts\"", "a.b TXT \"another\"");
        assertThat(Serial.of(signedAnew(Denial.NSEC3, NOW.plus(Duration.ofDays(6)))))
                .as("a record changed")
                .isEqualTo(4);
        change("Host.kp. 1 2", "Host.kp. 3 2");
        assertThat(Serial.of(signedAnew(Denial.NSEC3, NOW.plus(Duration.ofDays(6)))))
                .as("the file's serial is in the past")
                .isEqualTo(5);
        change("Host.kp. 3 2", "Host.kp. 2026030101 2");
        assertThat(Serial.of(signedAnew(Denial.NSEC3, NOW.plus(Duration.ofDays(6)))))
                .as("the file's serial is ahead")
                .isEqualTo(2026030101L);
        assertThat(Serial.of(signedAnew(Denial.NSEC3, NOW)))
                .as("the clock went back")
                .isEqualTo(2026030102L);
    }

    private void change(String before, String after) throws IOException {
        Path file = folder.resolve("kp.zone");
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));
        ZoneLoader loader = new ZoneLoader();
        loader.load("kp", file);
        loader.load("sub.kp", folder.resolve("sub.zone"));
        zones = loader.zones();
    }

    @Test
    void aServedSerialThatCannotBeReadIsAFaultThatNamesTheFile() throws Exception {
        signedAnew(Denial.COMPACT, NOW);
        Path file = folder.resolve("keys/kp.serial");
        Files.writeString(file, "7 of nothing");
        assertThatThrownBy(() -> signedAnew(Denial.COMPACT, NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " does not say which serial was served last");
    }

    @Test
    void everySignatureVerifiesAndEverySetHasOne() throws Exception {
        for (Denial denial : List.of(Denial.NSEC, Denial.NSEC3)) {
            Zone zone = zone(signing(denial).sign(zones, NOW).finished(), "kp");
            var key = (DNSKEYRecord)
                    records(zone.apex(), Objects.requireNonNull(zone.apex().find(RecordType.DNSKEY)))
                            .first();
            int verified = 0;
            for (Node node : IntStream.range(
                            0, zone.nodes().size() + zone.hashed().size())
                    .mapToObj(i -> i < zone.nodes().size()
                            ? zone.nodes().get(i)
                            : zone.hashed().get(i - zone.nodes().size()))
                    .toList()) {
                verified += verify(node, key);
            }
            assertThat(verified).as(denial.toString()).isGreaterThan(10);
        }
    }

    private static int verify(Node node, DNSKEYRecord key) throws Exception {
        RecordSet signatures = node.find(RecordType.RRSIG);
        for (int i = 0; signatures != null && i < signatures.size(); i++) {
            var signature =
                    (RRSIGRecord) Record.newRecord(new Name(node.owner()), RecordType.RRSIG, 1, 0, signatures.data(i));
            RecordSet covered = Objects.requireNonNull(node.find(signature.getTypeCovered()));
            DNSSEC.verify(records(node, covered), signature, key, NOW);
        }
        boolean hidden = node.occluder() != null || node.setCount() == 0;
        int signed = (int) IntStream.range(0, node.setCount())
                .filter(i -> SetSigner.isSigned(node, node.set(i).type()))
                .count();
        assertThat(signatures == null ? 0 : signatures.size()).isEqualTo(hidden ? 0 : signed);
        return signed;
    }

    @Test
    void aSignedChildIsVouchedForAndAnUnsignedIsNot() throws Exception {
        ZoneSigning.Result result = signing(Denial.COMPACT).sign(zones, NOW);
        Zone parent = zone(result, "kp");
        RecordSet ds = Objects.requireNonNull(node(parent, "sub.kp").find(RecordType.DS));
        RecordSet key = Objects.requireNonNull(zone(result, "sub.kp").apex().find(RecordType.DNSKEY));
        var expected = new DSRecord(Name.fromString("sub.kp."), 1, 300, 2, (DNSKEYRecord)
                records(node(parent, "sub.kp"), key).first());
        assertThat(ds.data(0)).isEqualTo(expected.rdataToWireCanonical());
        assertThat(node(parent, "plain.kp").find(RecordType.DS)).isNull();
        assertThat(node(parent, "ns.sub.kp").find(RecordType.RRSIG)).as("glue").isNull();
    }

    @Test
    void signaturesAreMadeAnewWhenAQuarterOfTheirTimeIsLeft() throws Exception {
        ZoneSigning.Result result = signing(Denial.NSEC).sign(zones, NOW);
        assertThat(result.isDue(NOW.plus(Duration.ofDays(6)).minusSeconds(1))).isFalse();
        assertThat(result.isDue(NOW.plus(Duration.ofDays(6)))).isTrue();
        RecordSet signatures = zone(result.finished(), "kp").apex().find(RecordType.RRSIG);
        var signature = (RRSIGRecord) Record.newRecord(
                Name.root,
                RecordType.RRSIG,
                1,
                0,
                Objects.requireNonNull(signatures).data(0));
        assertThat(signature.getExpire()).isEqualTo(NOW.plus(Duration.ofDays(8)));
        assertThat(signature.getTimeSigned()).isEqualTo(NOW.minus(Duration.ofHours(1)));
    }

    @Test
    void whatIsNotToBeSignedStaysAsItIs() throws Exception {
        ZoneSigning none = new ZoneSigning(Map.of(), new KeyFolder(folder.resolve("keys")));
        ZoneSigning.Result result = none.sign(zones, NOW);
        assertThat(result.zones()).isSameAs(zones);
        assertThat(result.isDue(Instant.MAX)).isFalse();
        assertThat(folder.resolve("keys")).doesNotExist();
    }

    @Test
    void aZoneThatIsSignedAlreadyIsNotSignedAgain() throws Exception {
        ZoneSet signed = signing(Denial.NSEC).sign(zones, NOW).finished().zones();
        assertThatThrownBy(() -> signing(Denial.NSEC).sign(signed, NOW))
                .isInstanceOf(IOException.class)
                .hasMessage("the zone kp is signed in its file already");
    }

    @Test
    void onlyTheTopOfATreeIsATrustAnchor() throws Exception {
        List<String> all = List.of("kp", "sub.kp", "between.kp", "deep.between.kp");
        SigningPolicy policy = SigningPolicy.DEFAULT;
        ZoneSigning signing = new ZoneSigning(
                Map.of("kp", policy, "sub.kp", policy, "deep.between.kp", policy),
                new KeyFolder(folder.resolve("keys")));
        List<ZoneKey> anchors = signing.trustAnchors(all);
        assertThat(TrustAnchors.bind(anchors))
                .startsWith("trust-anchors {\n    \"deep.between.kp.\" static-key 257 3 13 \"")
                .contains("    \"kp.\" static-key 257 3 13 \"")
                .doesNotContain("sub.kp");
        assertThat(TrustAnchors.ds(anchors.get(1)))
                .matches("kp\\. IN DS " + anchors.get(1).tag() + " 13 2 [0-9A-F]{64}");
    }
}
