package kwangmyong.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootedTest {
    @TempDir
    Path root;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(root.resolve("run/kwm"));
        Files.createDirectories(root.resolve("var/lib"));
        link("var/run", "/run");
        link("var/lib/up", "../../run/kwm");
        link("round", "/round");
        link("far", "/var/run/kwm/../../..");
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(name), Path.of(target));
    }

    @Test
    void aLinkThatBeginsAtTheRootBeginsAtTheOther() throws IOException {
        assertThat(find("/var/run/docker.sock")).isEqualTo(root.resolve("run/docker.sock"));
        assertThat(find("/var/lib/up/file")).isEqualTo(root.resolve("run/kwm/file"));
        assertThat(find("/run/kwm")).isEqualTo(root.resolve("run/kwm"));
        assertThat(find("/")).isEqualTo(root.resolve(""));
    }

    @Test
    void nothingLeadsOutOfIt() throws IOException {
        assertThat(find("/far/etc/passwd")).isEqualTo(root.resolve("etc/passwd"));
        assertThat(find("/../../etc/passwd")).isEqualTo(root.resolve("etc/passwd"));
    }

    @Test
    void whatLeadsInACircleLeadsNowhere() throws IOException {
        assertThat(Files.exists(find("/round/file"))).isFalse();
    }

    private Path find(String path) throws IOException {
        return Rooted.find(root, Path.of(path));
    }
}
