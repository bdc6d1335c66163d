package kwangmyong.lab.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void countsEdits() {
        assertThat(Nearest.distance("ceiling", "ceilng")).isEqualTo(1);
        assertThat(Nearest.distance("denials", "denails")).isEqualTo(1);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void proposesOnlyWhatIsNear() {
        List<String> keys = List.of("range", "ceiling", "login", "tariff");
        assertThat(Nearest.hint("celing", keys)).isEqualTo("; did you mean 'ceiling'?");
        assertThat(Nearest.hint("Range", keys)).isEqualTo("; did you mean 'range'?");
        assertThat(Nearest.hint("colour", keys)).isEmpty();
        assertThat(Nearest.hint("x", List.of("y"))).isEmpty();
        assertThat(Nearest.hint("x".repeat(10_000), keys)).isEmpty();
    }
}
