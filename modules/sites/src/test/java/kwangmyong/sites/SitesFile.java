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

    static Path content() {
        Path home = Path.of(System.getProperty("kwm.home", "")).toAbsolutePath();
        while (home != null && !Files.isDirectory(home.resolve("lab-configs"))) {
            home = home.getParent();
        }
        return Path.of(String.valueOf(home)).resolve("lab-configs/kwangmyong/content");
    }

    static SitesConfig read(long seed) {
        List<SiteConfig> sites = new ArrayList<>();
        JsonNode tree =
                new YAMLMapper().readTree(content().resolve("sites.yaml").toFile());
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
