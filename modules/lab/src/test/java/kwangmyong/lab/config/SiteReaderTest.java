package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.sites.SitesConfig;
import kwangmyong.sites.SitesConfig.Kind;
import kwangmyong.sites.SitesConfig.SiteConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsTheUsualFileAndFillsWhatIsLeftOut() throws IOException {
        LabDeclaration lab = LabText.declaration(read("""
                sites:
                  - {hosts: [Books.kp, "*.books.kp", 10.80.1.9], address: [10.80.1.9, "fd00::9"], kind: library, title: Books, korean: 책, records: 50, seed: -2, theme: plum}
                  - {hosts: www.news.kp, address: 10.80.1.9, kind: news, title: News}
                """));
        assertThat(lab.sites())
                .isEqualTo(new SitesConfig(
                        3,
                        folder.resolve("content").toAbsolutePath(),
                        List.of(
                                new SiteConfig(
                                        List.of("books.kp", "*.books.kp", "10.80.1.9"),
                                        List.of(Addresses.parse("10.80.1.9"), Addresses.parse("fd00::9")),
                                        Kind.LIBRARY,
                                        "Books",
                                        "책",
                                        "books.kp",
                                        50,
                                        -2,
                                        "plum"),
                                new SiteConfig(
                                        List.of("www.news.kp"),
                                        List.of(Addresses.parse("10.80.1.9")),
                                        Kind.NEWS,
                                        "News",
                                        "News",
                                        "www.news.kp",
                                        0,
                                        0,
                                        "river"))));
        assertThat(lab.files()).containsExactly(folder.resolve("lab.yaml"), folder.resolve("content/sites.yaml"));
    }

    @Test
    void tellsItsFaultsAfterThoseOfTheLab() throws IOException {
        Files.createDirectories(folder.resolve("content"));
        LabReader.Result result = read("""
                sites:
                  - {hosts: [a.kp, a_b!.kp], address: 10.76.0.1, kind: libary, title: A}
                  - {hosts: ["*.b.kp", a.kp], address: [10.80.1], kind: news, titel: B}
                """);
        assertThat(LabText.faults(result))
                .extracting(fault -> folder.relativize(fault.file()) + ":" + fault.line() + ":" + fault.column() + ": "
                        + fault.path() + ": " + fault.message())
                .containsExactly(
                        "content/sites.yaml:2:20: sites[0].hosts[1]: 'a_b!.kp' is not a host name",
                        "content/sites.yaml:2:39: sites[0].address: port 443 at 10.76.0.1 is that of portal (https) already",
                        "content/sites.yaml:2:39: sites[0].address: port 80 at 10.76.0.1 is that of portal (http) already",
                        "content/sites.yaml:2:56: sites[0].kind: 'libary' is unknown; did you mean 'library'?",
                        "content/sites.yaml:3:5: sites[1]: 'title' is missing",
                        "content/sites.yaml:3:24: sites[1].hosts[1]: 'a.kp' is a host of two sites; first in line 2",
                        "content/sites.yaml:3:41: sites[1].address[0]: '10.80.1' is not an address",
                        "content/sites.yaml:3:63: sites[1].titel: unknown key; did you mean 'title'?");
    }

    private LabReader.Result read(String sites) throws IOException {
        Files.createDirectories(folder.resolve("content"));
        Files.writeString(folder.resolve("content/sites.yaml"), sites);
        return LabText.read(folder, LabText.SOUND);
    }
}
