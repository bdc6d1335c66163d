package kwangmyong.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kwangmyong.dns.zone.PolicyZone.Action;
import kwangmyong.kernel.place.Addresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyZoneTest {
    private static final String HEAD = "$TTL 60\n@ SOA localhost. nobody.invalid. 1 2 3 4 5\n@ NS localhost.\n";

    @TempDir
    Path folder;

    private final List<ZoneFault> faults = new ArrayList<>();

    private PolicyZone read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("block.rpz"), text);
        return PolicyZone.read(file, faults);
    }

    @Test
    void readsEveryActionOfANameAndWhatIsBelowIt() throws IOException {
        PolicyZone zone = read(HEAD + """
                bad.example CNAME .
                *.Bad.Example CNAME .
                nothing.example CNAME *.
                good.bad.example CNAME rpz-passthru.
                old.example CNAME old.example.
                drop.example CNAME rpz-drop.
                tcp.example CNAME rpz-tcp-only.
                lie.example 77 A 10.10.34.34
                lie.example 99 AAAA fd00::34
                alias.example CNAME wall.kp.
                * CNAME .
                """);
        assertThat(faults).isEmpty();
        assertThat(zone.triggers())
                .extracting(trigger -> trigger.name() + " " + trigger.action())
                .containsExactly(
                        "bad.example NXDOMAIN",
                        "*.bad.example NXDOMAIN",
                        "nothing.example NODATA",
                        "good.bad.example PASSTHRU",
                        "old.example PASSTHRU",
                        "drop.example DROP",
                        "tcp.example TCP_ONLY",
                        "lie.example DATA",
                        "alias.example DATA",
                        "* NXDOMAIN");
        assertThat(zone.triggers().get(7))
                .isEqualTo(new PolicyZone.Trigger(
                        "lie.example",
                        Action.DATA,
                        List.of(Addresses.parse("10.10.34.34"), Addresses.parse("fd00::34")),
                        null,
                        77,
                        11));
        assertThat(zone.triggers().get(8).alias()).isEqualTo("wall.kp");
    }

    @Test
    void takesItsNameFromItsSoaWhateverTheFileIsCalled() throws IOException {
        PolicyZone zone = read("$ORIGIN rpz.far.example.\n" + HEAD + "bad.example CNAME .\n");
        assertThat(zone.triggers()).extracting(PolicyZone.Trigger::name).containsExactly("bad.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "32.1.2.0.192.rpz-ip CNAME .|the trigger rpz-ip is not supported",
                "24.0.2.0.192.rpz-client-ip CNAME .|the trigger rpz-client-ip is not supported",
                "ns.example.rpz-nsdname CNAME .|the trigger rpz-nsdname is not supported",
                "32.1.2.0.192.rpz-nsip CNAME .|the trigger rpz-nsip is not supported",
                "bad.example CNAME *.wall.kp.|the action CNAME *.wall.kp is not supported",
                "bad.example CNAME rpz-other.|the action CNAME rpz-other is not supported",
                "bad.example TXT \"no\"|local data of this type is not supported",
                "a.*.example CNAME .|is not a name that rules can speak of",
                "bad.example. CNAME .|lies outside the zone block",
                "bad.example CNAME|data",
            })
    void refusesWhatItCannotKeepWithItsLine(String line, String fault) throws IOException {
        read(HEAD + line + "\n");
        assertThat(faults).singleElement().satisfies(one -> {
            assertThat(one.line()).isEqualTo(4);
            assertThat(one.message()).contains(fault);
        });
    }

    @Test
    void refusesTwoActionsForOneName() throws IOException {
        read(HEAD + "bad.example CNAME .\nbad.example A 10.0.0.1\n");
        assertThat(faults)
                .extracting(ZoneFault::message)
                .containsExactly("bad.example.block A: stands beside another action in line 4");
        faults.clear();
        read("bad.example 60 CNAME .\n");
        assertThat(faults).extracting(ZoneFault::message).containsExactly("a response-policy zone without a SOA");
    }

    @Test
    void endsOnAnyText() throws IOException {
        long seed = Long.getLong("kwm.fuzz.seed", System.nanoTime());
        System.out.println("policy zone fuzz: seed " + seed);
        Random random = new Random(seed);
        String sound = HEAD + "bad.example CNAME .\n*.x A 10.0.0.1\na.b CNAME rpz-drop.\n";
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder(sound);
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
            }
            read(text.toString());
        }
    }
}
