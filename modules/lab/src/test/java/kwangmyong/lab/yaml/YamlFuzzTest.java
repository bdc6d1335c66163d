package kwangmyong.lab.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
class YamlFuzzTest {
    private static final Path FILE = Path.of("lab.yaml");

    @Test
    void anyTextIsATreeOrHasFaultsWithAPlace() {
        SeededFuzz.ofTexts(
                        20_000,
                        "lab: {name: a, seed: 7}\nlist:\n  - {id: b, allow: [\"*\", '.kp']}\n",
                        "a: &x 1\nb: *x\n? c\n: |\n  text\n",
                        "%YAML 1.2\n---\n!!str \"\\u00e9\": >-\n folded\n...\n")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    var faults = new Faults();
                    boolean read = YamlFile.parse(FILE, text, faults).isPresent();
                    assertThat(read || !faults.isEmpty()).isTrue();
                    faults.sorted().forEach(fault -> {
                        assertThat(fault.line()).isPositive();
                        assertThat(fault.column()).isPositive();
                        assertThat(fault.message()).isNotBlank();
                    });
                });
    }
}
