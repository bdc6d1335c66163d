package kwangmyong.kernel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "kcna.kp, kcna.kp, true",
        "kcna.kp, www.kcna.kp, false",
        "kcna.kp, notkcna.kp, false",
        ".kcna.kp, kcna.kp, true",
        ".kcna.kp, a.b.kcna.kp, true",
        ".kcna.kp, notkcna.kp, false",
        "*.kcna.kp, kcna.kp, false",
        "*.kcna.kp, www.kcna.kp, true",
        "*.kcna.kp, a.b.kcna.kp, true",
        "*.kcna.kp, notkcna.kp, false",
        "lib.*.edu.kp, lib.kut.edu.kp, true",
        "lib.*.edu.kp, lib.edu.kp, false",
        "lib.*.edu.kp, lib.a.b.edu.kp, false",
        "lib.*.edu.kp, x.lib.kut.edu.kp, false",
        ".lib.*.edu.kp, x.lib.kut.edu.kp, true",
        "198.51.100.0/24, 198.51.100.7, true",
        "198.51.100.0/24, 198.51.101.7, false",
        "198.51.100.0/24, x.198.51.100.7, false",
        "2001:DB8:0::/32, 2001:db8::7, true",
        "2001:DB8:0::7, 2001:db8::7, true",
        "0.0.0.0/0, 2001:db8::7, false",
        "*, anything.at.all, true",
        "kp, kp, true",
        "kp, com.kp, false",
        "10.76.1.11, 10.76.1.11, true",
    })
    void matchesWholeLabelsOnly(String pattern, String name, boolean expected) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a*b.kp", "kcna.*", "*.*", "a b", ".*.kp", "..kp"})
    void refusesWhatIsNotAPattern(String text) {
        assertThatThrownBy(() -> new NamePattern(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesTheTailThatEveryMatchEndsIn() {
        assertThat(new NamePattern("lib.*.edu.kp").literalTail()).isEqualTo("edu.kp");
        assertThat(new NamePattern(".kcna.kp").literalTail()).isEqualTo("kcna.kp");
        assertThat(new NamePattern("kcna.kp.").literalTail()).isEqualTo("kcna.kp");
        assertThat(new NamePattern("*").literalTail()).isEmpty();
    }
}
