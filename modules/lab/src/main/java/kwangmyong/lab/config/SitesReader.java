package kwangmyong.lab.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.yaml.Fault;
import kwangmyong.lab.yaml.Faults;
import kwangmyong.lab.yaml.Yaml;
import kwangmyong.lab.yaml.YamlFile;
import kwangmyong.sites.SitesConfig;
import kwangmyong.sites.SitesConfig.Kind;
import kwangmyong.sites.SitesConfig.SiteConfig;

/** Reads the file that says which sites there are. */
public final class SitesReader {
    private static final Set<String> KEYS =
            Set.of("hosts", "address", "kind", "title", "korean", "content", "records", "seed", "theme");

    private final Faults faults;

    private SitesReader(Faults faults) {
        this.faults = faults;
    }

    /** What came of reading. */
    public sealed interface Result {
        record Read(SitesConfig sites) implements Result {}

        /** By position, at least one. */
        record Faulty(List<Fault> faults) implements Result {}
    }

    /**
     * Reads a file of sites; never throws for what is written in it.
     *
     * @param seed the lab's
     */
    public static Result read(Path file, long seed) {
        Faults faults = new Faults();
        Optional<Yaml> tree = YamlFile.read(file, faults);
        if (tree.isPresent()) {
            Optional<SitesConfig> sites = new SitesReader(faults).sites(tree.get(), file, seed);
            if (faults.isEmpty() && sites.isPresent()) {
                return new Result.Read(sites.get());
            }
        }
        return new Result.Faulty(faults.sorted());
    }

    private Optional<SitesConfig> sites(Yaml tree, Path file, long seed) {
        if (!(tree instanceof Yaml.Mapping mapping) || !(mapping.get("sites") instanceof Yaml.Sequence)) {
            faults.add(tree.place(), "sites", "is not there (expected: a list of sites)");
            return Optional.empty();
        }
        List<SiteConfig> sites = new ArrayList<>();
        for (Section section : Section.root(mapping, faults).sections("sites")) {
            site(section).ifPresent(sites::add);
        }
        Path folder = file.toAbsolutePath().getParent();
        try {
            return Optional.of(new SitesConfig(seed, folder == null ? Path.of(".") : folder, sites));
        } catch (IllegalArgumentException wrong) {
            faults.add(tree.place(), "sites", String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<SiteConfig> site(Section section) {
        section.keys().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key ->
                        section.fault(key, "unknown key (expected: " + String.join(", ", new TreeSet<>(KEYS)) + ")"));
        Optional<Kind> kind = section.value("kind").flatMap(value -> value.as(SitesReader::kind));
        if (!section.has("kind")) {
            section.fault("kind", "is missing (expected: library, news, pages, directory or world)");
        }
        List<InetAddress> addresses = section.values("address").stream()
                .flatMap(value -> value.as(Addresses::parse).stream())
                .toList();
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SiteConfig(
                    section.values("hosts").stream().map(Value::text).toList(),
                    addresses,
                    kind.get(),
                    section.text("title", ""),
                    section.text("korean", ""),
                    section.text("content", ""),
                    section.integer("records", 0),
                    section.integer("seed", 0),
                    section.text("theme", "")));
        } catch (IllegalArgumentException wrong) {
            section.fault(String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "'" + word + "' is no kind of site (expected: library, news, pages, directory or world)");
    }
}
