package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFolderTest {
    @Test
    void isWhatItsOwnVariableNames() {
        assertThat(of(Map.of("KWM_STATE", "/var/kwm", "XDG_STATE_HOME", "/x", "HOME", "/home/kim")))
                .isEqualTo(Path.of("/var/kwm"));
    }

    @Test
    void liesWhereTheUserKeepsState() {
        assertThat(of(Map.of("XDG_STATE_HOME", "/x", "HOME", "/home/kim"))).isEqualTo(Path.of("/x/kwm/garden"));
        assertThat(of(Map.of("HOME", "/home/kim"))).isEqualTo(Path.of("/home/kim/.local/state/kwm/garden"));
    }

    @Test
    void liesInTheHomeOfTheAccountOnlyWhereNoOtherIsNamed() {
        assertThat(of(Map.of("KWM_STATE", " ", "HOME", ""))).isEqualTo(Path.of("/root/.local/state/kwm/garden"));
    }

    private static Path of(Map<String, String> environment) {
        return StateFolder.of("garden", environment, "/root").root();
    }
}
