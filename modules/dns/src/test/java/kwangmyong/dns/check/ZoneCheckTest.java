package kwangmyong.dns.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import kwangmyong.dns.zone.ZoneReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneCheckTest {
    @TempDir
    Path folder;

    private List<String> check(String... namesAndTexts) throws IOException {
        List<ZoneReading> zones = new ArrayList<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            Path file = Files.writeString(folder.resolve(namesAndTexts[i] + ".zone"), namesAndTexts[i + 1]);
            zones.add(ZoneReading.of(namesAndTexts[i], file));
        }
        return ZoneCheck.of(zones).stream()
                .map(finding -> finding.zone() + ":" + finding.line() + " "
                        + finding.severity().word() + " " + finding.id())
                .toList();
    }

    private static String broken(String name) {
        return Objects.requireNonNull(BrokenZones.all().get(name), name);
    }

    @ParameterizedTest
    @CsvSource({
        "nosoa, 0 error does-not-load",
        "cnameother, 8 error does-not-load",
        "outofzone, 7 error does-not-load",
        "badA, 7 error does-not-load",
        "longlabel, 7 error does-not-load",
        "nscname, 7 error ns-alias",
        "mxcname, 7 error mx-alias",
        "srvcname, 7 error srv-alias",
        "nsnoaddr, 7 error ns-no-address",
        "mxnoaddr, 7 error mx-no-address",
        "srvnoaddr, 7 error srv-no-address",
        "noglue, 7 error glue-missing",
        "mxip, 7 error mx-address",
        "nsip, 7 error ns-address",
        "ttlmix, 8 warning ttl-differs",
        "dup, 8 warning duplicate",
        "badhost, 7 warning host-name",
        "dnamechild, 8 error below-dname",
        "dsapex, 7 error ds-at-apex",
        "dsnode, 7 error ds-without-cut",
        "dsdigest, 8 error ds-digest",
        "cds, 7 error cds-without-key",
        "nsec3hash, 7 error nsec3-hash",
        "wildns, 7 error wildcard-ns",
        "occluded, 9 warning below-cut",
        "refreshretry, 2 remark soa-retry",
        "refreshretry, 2 warning soa-expire",
        "soabadmbox, 2 error rname-at-sign",
        "soarname, 2 remark rname-empty",
        "serial0, 2 remark serial-zero",
        "serial0, 3 warning single-name-server",
        "spfdup, 8 error spf-twice",
        "spfonly, 7 warning spf-type"
    })
    void findsEachMistakeInItsLine(String zone, String finding) throws IOException {
        assertThat(check(BrokenZones.ORIGIN, broken(zone))).contains(BrokenZones.ORIGIN + ":" + finding);
    }

    @Test
    void findsNothingInASoundZone() throws IOException {
        assertThat(check(BrokenZones.ORIGIN, broken("ok"))).isEmpty();
        assertThat(check(BrokenZones.ORIGIN, broken("mxdot"))).isEmpty();
        assertThat(check(BrokenZones.ORIGIN, broken("srvdot"))).isEmpty();
    }

    @Test
    void holdsAPolicyAgainstTheMailHostAndItsReverseNames() throws IOException {
        String mail = broken("ok") + "@ MX 10 mx\nmx A 10.1.0.5\n@ TXT \"v=spf1 ip4:10.1.9.0/24 -all\"\n";
        String reverse = """
                $TTL 60
                @ SOA ns1.example.kp. root.example.kp 2 9 8 9999 9
                @ NS ns1.example.kp.
                @ NS ns2.example.kp.
                5.0 PTR mx.example.kp.
                6.0 PTR mx.example.kp.
                #7.0 PTR mx.example.kp.
                8.0 PTR mx.example.kp
                """;
        assertThat(check("example.kp", mail, "1.10.in-addr.arpa", reverse))
                .contains(
                        "example.kp:9 warning spf-mail-host",
                        "1.10.in-addr.arpa:2 warning rname-lost-dot",
                        "1.10.in-addr.arpa:6 warning ptr-forward",
                        "1.10.in-addr.arpa:7 warning ptr-owner",
                        "1.10.in-addr.arpa:8 warning lost-dot")
                .doesNotContain("1.10.in-addr.arpa:5 warning ptr-forward");
        assertThat(check("example.kp", mail.replace("10.1.9.0/24", "10.1.0.77/24")))
                .isEmpty();
        assertThat(check("example.kp", mail.replace("-all", "mx -all"))).isEmpty();
    }

    @Test
    void holdsADelegationAgainstTheZoneItself() throws IOException {
        String parent = broken("ok") + "sub NS ns1.sub\nsub NS ns2.sub\nns1.sub A 10.2.0.1\nns2.sub A 10.2.0.2\n";
        String child =
                "$TTL 60\n@ SOA ns1 root 2 900 80 999999 9\n@ NS ns1\n@ NS ns3\nns1 A 10.2.0.9\nns3 A 10.2.0.3\n";
        assertThat(check("example.kp", parent, "sub.example.kp", child))
                .containsExactly("example.kp:7 warning delegation-differs", "example.kp:9 warning glue-differs");
    }

    @Test
    void takesAWildcardForTheAddressesOfAHost() throws IOException {
        assertThat(check("example.kp", broken("ok") + "@ MX 10 mx.w\n*.w A 10.0.0.7\n"))
                .isEmpty();
        assertThat(check("example.kp", broken("ok") + "@ MX 10 mx.w\n*.w A 10.0.0.7\nx.mx.w TXT a\n"))
                .containsExactly("example.kp:7 error mx-no-address");
    }

    @Test
    void endsOnWhateverLoads() throws IOException {
        long seed = Long.getLong("kwm.fuzz.seed", 20_160_919);
        Random random = new Random(seed);
        List<String> words = List.of(
                "@",
                "*",
                "a",
                "b.a",
                "*.a",
                "ns1",
                ".",
                "#1",
                "NS",
                "A",
                "MX",
                "CNAME",
                "DNAME",
                "TXT",
                "10.0.0.1",
                "10",
                "0",
                "\n",
                "\n",
                "\n",
                "\\# 2 0001",
                "\\# 0",
                "TYPE2",
                "DS",
                "1 13 2 00",
                "\"v=spf1 ip4:1.2.3.4/99 x -all\"",
                "SOA",
                "SPF",
                "PTR",
                "SRV 0 0 0");
        for (int round = 0; round < Integer.getInteger("kwm.fuzz.zones", 300); round++) {
            StringBuilder text = new StringBuilder(broken("ok"));
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(words.get(random.nextInt(words.size()))).append(' ');
            }
            assertThat(check(random.nextBoolean() ? "example.kp" : "1.in-addr.arpa", text.toString()))
                    .as("seed %d, round %d: %s", seed, round, text)
                    .hasSizeLessThanOrEqualTo(Findings.LIMIT);
        }
    }
}
