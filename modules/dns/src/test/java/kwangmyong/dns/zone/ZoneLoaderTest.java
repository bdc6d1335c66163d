package kwangmyong.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZoneLoaderTest {
    private static final String SOUND = """
            $TTL 60
            @ SOA ns admin 1 2 3 4 5
            @ NS ns
            ns A 10.0.0.1
            """;

    @TempDir
    Path folder;

    private List<String> faults(String text) throws IOException {
        return load(text).faults().stream()
                .map(fault -> fault.line() + ": " + fault.message())
                .toList();
    }

    private ZoneLoader load(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("zone.kp.zone"), text);
        ZoneLoader loader = new ZoneLoader();
        loader.load("zone.kp", file);
        return loader;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a A 10.0.0.256 | A data: Invalid address: 10.0.0.256",
                "a A | A data: expected an address",
                "a FOO 1 | 'FOO' is not a record type",
                "a CH A 10.0.0.1 | class CH (expected: IN)",
                "a ANY x | ANY is not a type that a zone can hold",
                "a | a record without a type",
                "a..b A 10.0.0.1 | 'a..b' is not a name",
                "$GENERATE 1-2 a A 10.0.0.$ | $GENERATE is not a directive",
                "$TTL | expected: $TTL SECONDS",
                "$TTL soon | TTL: soon",
                "$INCLUDE absent.inc | there is no such file",
                "$INCLUDE /etc/passwd | leads out of the folder",
                "a TXT \"open | a quotation mark",
                "a A ( 10.0.0.1 | an opening parenthesis that nothing closes",
                "a A 10.0.0.1 ) | a closing parenthesis that nothing opened",
                "a.kp. A 10.0.0.1 | a.kp A: lies outside the zone",
                "ns CNAME a | ns.zone.kp A: the name is an alias (CNAME) and can have nothing else",
                "@ SOA ns admin 2 2 3 4 5 | a zone has one SOA only",
                "a SOA ns admin 2 2 3 4 5 | a SOA stands at the zone's apex and nowhere else",
                "a DNAME b | -",
            })
    void namesWhatIsWrong(String line, String message) throws IOException {
        List<String> faults = faults(SOUND + line + "\n");
        if (message.equals("-")) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).singleElement().asString().contains(message);
        }
    }

    @Test
    void namesEveryFaultOfEveryZoneWithItsLine() throws IOException {
        Path first = Files.writeString(folder.resolve("a.zone"), SOUND + "x A nonsense\n\n; comment\ny MX (\n 10 )\n");
        Path second = Files.writeString(folder.resolve("b.zone"), "@ 60 A 10.0.0.1\n");
        ZoneLoader loader = new ZoneLoader();
        loader.load("a.kp", first);
        loader.load("b.kp", second);
        loader.load("c.kp", folder.resolve("c.zone"));
        assertThat(loader.faults().stream().map(fault -> fault.file().getFileName() + ":" + fault.line()))
                .containsExactly("a.zone:5", "a.zone:8", "b.zone:0", "b.zone:0", "c.zone:0");
    }

    @Test
    void readsWhatMasterFilesMayHold() throws IOException {
        Files.writeString(folder.resolve("more.inc"), "@ A 10.0.0.9\n");
        ZoneLoader loader = load("""
                zone.kp. 1h IN SOA ns admin.zone.kp. ( 1 2h ; two hours
                   3 4 5 )
                \t NS ns ; the owner above
                ns IN 30 A 10.0.0.1
                   30 IN AAAA ::1
                $ORIGIN sub
                a\\046b A 10.0.0.2
                $ORIGIN zone.kp.
                txt TXT "a;b" "quo\\"te" (
                  "third" )
                $TTL 1d
                late A 10.0.0.3
                $INCLUDE more.inc included
                IN A 10.0.0.4
                광명 TXT 광명
                """);
        assertThat(loader.faults()).isEmpty();
        Zone zone = loader.zones().zones().get(0);
        assertThat(zone.soa().ttl()).isEqualTo(3600);
        assertThat(zone.negativeTtl()).isEqualTo(5);
        assertThat(find(zone, "ns.zone.kp", RecordType.AAAA).ttl()).isEqualTo(30);
        assertThat(find(zone, "a\\.b.sub.zone.kp", RecordType.A).size()).isEqualTo(1);
        assertThat(find(zone, "txt.zone.kp", RecordType.TXT).data(0)).asString().contains("a;b", "quo\"te", "third");
        assertThat(find(zone, "late.zone.kp", RecordType.A).ttl()).isEqualTo(86_400);
        assertThat(find(zone, "included.zone.kp", RecordType.A).size()).isEqualTo(1);
        assertThat(find(zone, "in.zone.kp", RecordType.A).size()).isEqualTo(1);
        assertThat(new String(find(zone, "xn--hc0b48w.zone.kp", RecordType.TXT).data(0), StandardCharsets.UTF_8))
                .endsWith("광명");
    }

    private static RecordSet find(Zone zone, String name, int type) {
        return zone.nodes().stream()
                .filter(node -> node.text().equals(name))
                .map(node -> Objects.requireNonNull(node.find(type), name))
                .findAny()
                .orElseThrow(() -> new AssertionError(name + " not in "
                        + zone.nodes().stream().map(Node::text).toList()));
    }

    @Test
    void refusesTheSameZoneTwice() throws IOException {
        Path file = Files.writeString(folder.resolve("a.zone"), SOUND);
        ZoneLoader loader = new ZoneLoader();
        loader.load("a.kp", file);
        loader.load("A.KP.", file);
        assertThat(loader.faults()).singleElement().asString().contains("loaded twice");
    }

    @Test
    void cutsFilesThatIncludeOneAnother() throws IOException {
        Files.writeString(folder.resolve("self.inc"), "$INCLUDE self.inc\n");
        assertThat(faults(SOUND + "$INCLUDE self.inc\n"))
                .singleElement()
                .asString()
                .contains("files deep");
    }

    @Test
    void refusesASetThatNoMessageHolds() throws IOException {
        String line = "a TXT \"%03d" + "x".repeat(250) + "\"\n";
        StringBuilder text = new StringBuilder(SOUND);
        for (int i = 0; i < 260; i++) {
            text.append(line.formatted(i));
        }
        assertThat(faults(text.toString())).singleElement().asString().contains("do not fit");
    }

    @Tag("fuzz")
    @Test
    void endsOnAnyInput() throws IOException {
        long seed = Long.getLong("kwm.fuzz.seed", 20_260_301);
        int rounds = Integer.getInteger("kwm.fuzz.rounds", 300);
        System.out.println("zone fuzz: seed " + seed);
        Random random = new Random(seed);
        byte[] sound = (SOUND + "a TXT \"x\" ( y\n z )\n$TTL 5\n$ORIGIN b\n@ MX 1 a\\.b\n\\# TYPE1 \\# 4 01020304\n")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < rounds; i++) {
            byte[] mutated = sound.clone();
            for (int j = random.nextInt(12); j >= 0; j--) {
                mutated[random.nextInt(mutated.length)] = (byte)
                        (random.nextBoolean() ? "()\"\\;$@. \n\t\0".charAt(random.nextInt(12)) : random.nextInt(256));
            }
            Path file = folder.resolve("fuzz.zone");
            Files.deleteIfExists(file); // a file that is written over is brought to the disk, a new one is not
            Files.write(file, mutated);
            ZoneLoader loader = new ZoneLoader();
            loader.load("zone.kp", file);
            assertThat(loader.faults().isEmpty())
                    .isEqualTo(loader.zones().zones().size() == 1);
        }
    }
}
