package kwangmyong.sites;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.sites.SitesConfig.Kind;
import kwangmyong.sites.SitesConfig.SiteConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the default lab's sites as the lab module does, so that what is tested is what runs. */
final class SitesFile {
    private SitesFile() {}

    /** The project's folder. */
    static Path home() {
        Path home = Path.of(System.getProperty("kwm.home", "")).toAbsolutePath();
        while (home != null && !Files.isDirectory(home.resolve("lab-configs"))) {
            home = home.getParent();
        }
        return Path.of(String.valueOf(home));
    }

    static Path content() {
        return home().resolve("lab-configs/kwangmyong/content");
    }

    static SitesConfig read(long seed) {
        return read(
                seed, new YAMLMapper().readTree(content().resolve("sites.yaml").toFile()));
    }

    /** The sites of a YAML text. */
    static SitesConfig parse(long seed, String yaml) {
        return read(seed, new YAMLMapper().readTree(yaml));
    }

    private static SitesConfig read(long seed, JsonNode tree) {
        List<SiteConfig> sites = new ArrayList<>();
        tree.path("sites").forEach(node -> sites.add(site(node)));
        return new SitesConfig(seed, content(), sites);
    }

    private static SiteConfig site(JsonNode node) {
        return new SiteConfig(
                texts(node.path("hosts")),
                texts(node.path("address")).stream().map(Addresses::parse).toList(),
                Kind.valueOf(node.path("kind").asString().toUpperCase(Locale.ROOT)),
                node.path("title").asString(""),
                node.path("korean").asString(""),
                node.path("content").asString(""),
                node.path("records").asInt(0),
                node.path("seed").asLong(0),
                node.path("theme").asString(""));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.asString()));
        return texts;
    }
}
