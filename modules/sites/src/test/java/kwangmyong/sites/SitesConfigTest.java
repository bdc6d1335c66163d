package kwangmyong.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.sites.SitesConfig.Kind;
import kwangmyong.sites.SitesConfig.SiteConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SitesConfigTest {
    private static final List<InetAddress> ADDRESS = List.of(Addresses.parse("10.76.1.10"));

    private static SiteConfig site(String... hosts) {
        return new SiteConfig(List.of(hosts), ADDRESS, Kind.LIBRARY, "Library", "", "", 0, 0, "");
    }

    @Test
    void fillsInWhatIsLeftOut() {
        SiteConfig site = site("lib.kut.edu.kp", "WWW.lib.kut.edu.kp");

        assertThat(site.hosts()).containsExactly("lib.kut.edu.kp", "www.lib.kut.edu.kp");
        assertThat(site.korean()).isEqualTo("Library");
        assertThat(site.content()).isEqualTo("lib.kut.edu.kp");
        assertThat(site.records()).isEqualTo(SiteConfig.USUAL_BOOKS);
        assertThat(SiteConfig.THEMES).contains(site.theme());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.kp", "a..kp", "-a.kp", "a b", "", "http://a.kp", "a/../b"})
    void refusesWhatIsNoSitesName(String host) {
        assertThatThrownBy(() -> site(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("hosts:");
    }

    @Test
    void refusesAHostThatTwoSitesClaim() {
        assertThatThrownBy(() -> new SitesConfig(7, Path.of("."), List.of(site("a.kp"), site("b.kp", "a.kp"))))
                .hasMessage("host: 'a.kp' belongs to two sites");
    }

    @Test
    void readsTheExampleOfItsDocumentation() throws IOException {
        String page = Files.readString(SitesFile.home().resolve("docs/sites.md"));
        int from = page.indexOf("```yaml\n") + "```yaml\n".length();

        SitesConfig config = SitesFile.parse(7, page.substring(from, page.indexOf("```", from)));

        assertThat(config.sites()).extracting(SiteConfig::kind).containsExactly(Kind.LIBRARY, Kind.PAGES);
    }

    @Test
    void readsTheDefaultLab() {
        SitesConfig config = SitesFile.read(7);

        assertThat(config.sites()).extracting(SiteConfig::host).contains("namsan.aca.kp", "kcna.kp", "dailynk.com");
        // In loopback mode the first octet becomes 127: the last three tell addresses apart.
        assertThat(config.sites().stream()
                        .flatMap(site -> site.address().stream())
                        .distinct()
                        .filter(address -> address.getAddress().length == 4)
                        .map(address -> address.getHostAddress().replaceFirst("^\\d+", "127")))
                .doesNotHaveDuplicates();
    }
}
