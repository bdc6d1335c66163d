package kwangmyong.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchLockTest {
    @Test
    void aVersionIsTheFirstLineThatIsPrinted() throws Exception {
        assumeNamespaces();
        assertThat(BenchLock.version("echo; echo ' tool 1.2 '; echo more")).isEqualTo("tool 1.2");
        assertThat(BenchLock.version("true")).isEqualTo("unknown");
    }

    @Test
    void whatPrintsAVersionHasNoNetwork() throws Exception {
        assumeNamespaces();
        assertThat(BenchLock.version("grep : /proc/net/dev | cut -d : -f 1 | xargs echo"))
                .isEqualTo("lo");
    }

    private static void assumeNamespaces() throws Exception {
        Process made = new ProcessBuilder(List.of("unshare", "--user", "--map-root-user", "--net", "true")).start();
        assumeThat(made.waitFor()).isZero();
    }
}
