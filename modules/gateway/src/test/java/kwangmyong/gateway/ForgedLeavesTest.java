package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import kwangmyong.net.tls.Authority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ForgedLeavesTest {
    @Test
    void makesOneForANameAndKeepsTheLatest(@TempDir Path folder) throws Exception {
        Authority authority = Authority.open(folder, "interception", "A pretender of tests");
        try (ForgedLeaves leaves = new ForgedLeaves(authority, 2)) {
            var first = leaves.of("a.kp", true).get();
            leaves.of("b.kp", true).get();

            assertThat(leaves.of("a.kp", true).get()).isSameAs(first);
            leaves.of("c.kp", true).get();
            assertThat(leaves.size()).isEqualTo(2);
            assertThat(leaves.of("a.kp", true).get()).as("used later than b.kp").isSameAs(first);
            assertThat(leaves.of("a.kp", false).get()).as("HTTP/1.1 alone").isNotSameAs(first);
            assertThat(leaves.of("10.76.100.1", true).get()).isNotNull();
        }
        assertThat(folder.resolve("interception")).as("none on disk").doesNotExist();
    }

    @Test
    void failsOnceItIsClosed(@TempDir Path folder) throws Exception {
        ForgedLeaves leaves = new ForgedLeaves(Authority.open(folder, "interception", "A pretender of tests"), 2);
        leaves.close();

        assertThat(leaves.of("a.kp", true)).isCompletedExceptionally();
    }
}
