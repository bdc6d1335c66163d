package kwangmyong.sites.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.server.WebRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DropSiteTest {
    private static final LabClock CLOCK = Instant::now;

    @TempDir
    Path root;

    private final WebRuntime runtime = new WebRuntime(CLOCK);
    private Path folder = Path.of(".");
    private DropSite site = new DropSite(folder, runtime);

    @BeforeEach
    void dropSome() throws Exception {
        folder = root.resolve("content/board");
        site = new DropSite(folder, runtime);
        Files.createDirectories(folder.resolve("news"));
        Files.writeString(folder.resolve("index.html"), "<p>at first");
        Files.writeString(folder.resolve("news/today.txt"), "오늘");
        Files.writeString(folder.resolve(".hidden"), "secret");
        Files.writeString(root.resolve("content/elsewhere.txt"), "secret");
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void showsWhatIsThereByNow() throws Exception {
        Reply first = site.reply("/", "/");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.headers().first("Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(first.body()).asString().contains("at first");
        Files.writeString(folder.resolve("index.html"), "<p>then");
        assertThat(site.reply("/", "/").body()).asString().contains("then");
        assertThat(site.reply("/news/today.txt", "/news/today.txt").headers().first("Content-Type"))
                .isEqualTo("text/plain;charset=utf-8");
        assertThat(site.reply("/news", "/news").headers().first("Location")).isEqualTo("/news/");
    }

    @Test
    void leadsToAFolderAsItWasAskedFor() throws Exception {
        Files.createDirectories(folder.resolve("오늘 #1"));
        assertThat(site.reply("/오늘 #1", "/%EC%98%A4%EB%8A%98%20%231").headers().first("Location"))
                .isEqualTo("/%EC%98%A4%EB%8A%98%20%231/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../elsewhere.txt",
                "/news/../../elsewhere.txt",
                "/..\\elsewhere.txt",
                "/.hidden",
                "//index.html",
                "/news/",
                "/none",
                "/index.html\u0000",
                "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r"
            })
    void reachesNothingElse(String path) {
        assertThatThrownBy(() -> site.reply(path, path)).isInstanceOf(Refusal.class);
    }

    @Test
    void followsNoLink() throws Exception {
        Files.createSymbolicLink(folder.resolve("file"), root.resolve("content/elsewhere.txt"));
        Files.createSymbolicLink(folder.resolve("up"), root.resolve("content"));
        assertThatThrownBy(() -> site.reply("/file", "/file")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> site.reply("/up/elsewhere.txt", "/up/elsewhere.txt"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> site.reply("/up/board/index.html", "/up/board/index.html"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aFolderThatNobodyHasMadeYetIsEmpty() {
        assertThatThrownBy(() -> new DropSite(root.resolve("content/later"), runtime).reply("/", "/"))
                .isInstanceOf(Refusal.class);
    }
}
