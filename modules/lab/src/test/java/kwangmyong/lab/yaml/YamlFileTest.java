package kwangmyong.lab.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kwangmyong.lab.yaml.Yaml.Mapping;
import kwangmyong.lab.yaml.Yaml.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
    private static final Path FILE = Path.of("a.yaml");

    private final Faults faults = new Faults();

    @ParameterizedTest
    @CsvSource({
        "451, INTEGER", "-7, INTEGER", "1.5, DECIMAL", ".5, DECIMAL", "1e3, DECIMAL", "true, BOOLEAN", "FALSE, BOOLEAN",
        "null, NOTHING", "~, NOTHING", "yes, TEXT", "no, TEXT", "on, TEXT", "08:00, TEXT", "2026-03-01, TEXT",
        "10.76.1.11, TEXT", "10.76.10.0/24, TEXT", "0x10, TEXT", "'\"451\"', TEXT", "!!str 451, TEXT",
                "1e99999999, TEXT"
    })
    void typesWhatStandsWithoutQuotes(String written, Yaml.Type type) {
        Mapping map = (Mapping) parse("key: " + written).orElseThrow();
        assertThat(map.get("key"))
                .isInstanceOfSatisfying(
                        Scalar.class, scalar -> assertThat(scalar.type()).isEqualTo(type));
    }

    @Test
    void countsColumnsInCharacters() {
        Mapping map = (Mapping) parse("{광명: 1, 😀: 2, a: 3}").orElseThrow();
        assertThat(map.entries())
                .hasEntrySatisfying("a", entry -> assertThat(entry.key()).isEqualTo(new Place(FILE, 1, 15)));
    }

    @Test
    void anAliasStandsForWhatItsAnchorHolds() {
        Mapping map = (Mapping) parse("a: &x [1, 2]\nb: *x\n").orElseThrow();
        assertThat(map.get("b")).isEqualTo(map.get("a"));
        assertThat(map.size()).isEqualTo(7);
    }

    @Test
    void tellsEveryKeyThatIsWrittenTwice() {
        parse("a: 1\nb: {c: 1, c: 2}\na: 2\n");
        assertThat(faults.sorted())
                .extracting(Fault::toString)
                .containsExactly(
                        "a.yaml:2:11: b.c: is written twice; first in line 2",
                        "a.yaml:3:1: a: is written twice; first in line 1");
    }

    @Test
    void refusesAliasesThatMultiply() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(parse(bomb.toString())).isEmpty();
        assertThat(faults.sorted())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message())
                        .isEqualTo("the file holds more than 100000 values with its aliases written out"));
    }

    @Test
    void refusesAnAliasWithinItsOwnAnchor() {
        assertThat(parse("a: &x [*x]")).isEmpty();
        assertThat(faults.sorted())
                .extracting(Fault::toString)
                .containsExactly("a.yaml:1:8: a[0]: *x names no anchor that is complete before it");
    }

    @Test
    void refusesWhatLiesTooDeep() {
        assertThat(parse("[".repeat(100_000))).isEmpty();
        assertThat(faults.sorted()).extracting(Fault::message).containsExactly("lies deeper than 32 maps and lists");
    }

    @Test
    void refusesKeysThatAreNoWords() {
        for (String yaml : new String[] {"? [a]\n: 1\n", "? {a: b}\n: 1\n"}) {
            assertThat(parse(yaml)).isEmpty();
        }
        assertThat(faults.sorted()).extracting(Fault::column).containsOnly(3);
    }

    @Test
    void refusesCharactersThatMayNotStandInYaml() {
        assertThat(parse("a: 1\nb: x\u0007\n")).isEmpty();
        assertThat(faults.sorted())
                .extracting(Fault::toString)
                .containsExactly("a.yaml:2:5: the character U+0007 may not stand in YAML");
    }

    @Test
    void refusesWhatIsNotUtf8(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("a.yaml"), "a: 1\nb: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(YamlFile.read(file, faults)).isEmpty();
        assertThat(faults.sorted())
                .extracting(Fault::toString)
                .containsExactly(file + ":2:7: is not UTF-8 text from here on");
    }

    @Test
    void refusesFilesThatAreTooLarge(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "#".repeat(YamlFile.MAX_BYTES + 1));
        assertThat(YamlFile.read(file, faults)).isEmpty();
        assertThat(faults.sorted()).extracting(Fault::message).containsExactly("is larger than 1048576 bytes");
    }

    @Test
    void saysThatAFileIsEmpty() {
        assertThat(parse("# nothing\n")).isEmpty();
        assertThat(faults.sorted()).extracting(Fault::toString).containsExactly("a.yaml:1:1: is empty");
    }

    @Test
    void skipsAByteOrderMark(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "\ufeffa: 1\n");
        assertThat(YamlFile.read(file, faults)).containsInstanceOf(Mapping.class);
    }

    private Optional<Yaml> parse(String text) {
        return YamlFile.parse(FILE, text, faults);
    }
}
