package kwangmyong.lab.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void isMadeByAnyNumberOfStartsAtOnce(@TempDir Path folder) throws Exception {
        for (int i = 0; i < 200; i++) {
            StateFolder state = new StateFolder(folder.resolve("home" + i).resolve("state"));
            List<Callable<Void>> starts = Collections.nCopies(4, () -> {
                state.create();
                return null;
            });
            ExecutorService at = Executors.newFixedThreadPool(starts.size());
            try {
                for (Future<Void> start : at.invokeAll(starts)) {
                    start.get();
                }
            } finally {
                at.shutdown();
            }
        }
    }

    private static Path of(Map<String, String> environment) {
        return StateFolder.of("garden", environment, "/root").root();
    }
}
