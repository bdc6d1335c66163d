package kwangmyong.lab.config;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.yaml.Faults;
import kwangmyong.lab.yaml.Place;
import kwangmyong.lab.yaml.Schema;
import kwangmyong.lab.yaml.Yaml.Mapping;
import kwangmyong.lab.yaml.YamlFile;
import kwangmyong.sites.SitesConfig;
import kwangmyong.sites.SitesConfig.Kind;
import kwangmyong.sites.SitesConfig.SiteConfig;

/** Reads the file that {@code sites} names: which sites there are. */
final class SiteReader {
    private static final String USUAL_FILE = "content/sites.yaml";
    private static final List<Integer> PORTS = List.of(80, 443);

    private final long seed;
    private final Listeners listeners;
    private final Faults faults;
    private final Map<String, Place> hosts = new HashMap<>();
    private final Set<InetAddress> listening = new HashSet<>();

    /** @param seed the lab's */
    SiteReader(long seed, Listeners listeners, Faults faults) {
        this.seed = seed;
        this.listeners = listeners;
        this.faults = faults;
    }

    /** Empty in a lab without sites, or where the faults say why. */
    Optional<SitesConfig> read(Section root, Path labFile) {
        Optional<Value> value = root.value("sites");
        if (value.isPresent()) {
            return value.flatMap(SiteReader::file).flatMap(this::read);
        }
        Path usual = labFile.resolveSibling(USUAL_FILE);
        return Files.isRegularFile(usual) && !root.has("sites") ? read(usual) : Optional.empty();
    }

    private static Optional<Path> file(Value value) {
        try {
            Path file = value.place().resolve(value.text());
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
            value.refuse("is not a file: " + file);
        } catch (InvalidPathException notAPath) {
            value.refuse("is not a path");
        }
        return Optional.empty();
    }

    private Optional<SitesConfig> read(Path file) {
        return YamlFile.read(file, faults).map(tree -> {
            CompiledSchema.SITES.check(tree, faults);
            List<SiteConfig> sites = new ArrayList<>();
            if (tree instanceof Mapping mapping) {
                for (Section section : Section.root(mapping, faults).sections("sites")) {
                    site(section).ifPresent(sites::add);
                }
            }
            return new SitesConfig(seed, file.toAbsolutePath().resolveSibling(""), sites);
        });
    }

    private Optional<SiteConfig> site(Section section) {
        List<String> names = new ArrayList<>();
        section.values("hosts").forEach(value -> host(value).ifPresent(names::add));
        List<InetAddress> addresses = addresses(section);
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(section.text("kind", "")))
                .findFirst();
        if (names.isEmpty() || addresses.isEmpty() || kind.isEmpty()) {
            return Optional.empty(); // a fault of these has been told
        }
        if (names.get(0).startsWith("*")) {
            section.fault("hosts", "'" + names.get(0) + "' comes first (expected: the site's own name)");
            return Optional.empty();
        }
        try {
            return Optional.of(new SiteConfig(
                    names,
                    addresses,
                    kind.get(),
                    section.text("title", names.get(0)),
                    section.text("korean", ""),
                    section.text("content", ""),
                    Math.min(section.integer("records", 0), SiteConfig.MOST_RECORDS),
                    section.value("seed").flatMap(LabReader::seed).orElse(0L),
                    section.value("theme")
                            .map(Value::text)
                            .filter(SiteConfig.THEMES::contains)
                            .orElse("")));
        } catch (IllegalArgumentException wrong) {
            section.fault(String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private List<InetAddress> addresses(Section section) {
        List<InetAddress> addresses = new ArrayList<>();
        for (Value value : section.values("address")) {
            value.as(Addresses::parse).ifPresent(address -> {
                addresses.add(address);
                listen(address, value);
            });
        }
        return addresses;
    }

    /** Empty for one that is no host, or one of two sites. */
    private Optional<String> host(Value value) {
        return value.as(SiteReader::host).filter(name -> {
            Place other = hosts.putIfAbsent(name, value.place());
            if (other != null) {
                value.refuse("is a host of two sites; first in line " + other.line());
            }
            return other == null;
        });
    }

    private static String host(String text) {
        if (Addresses.isNumeric(text)) {
            return Addresses.text(Addresses.parse(text));
        }
        return text.startsWith("*.") ? "*." + Names.host(text.substring(2)) : Names.host(text);
    }

    /** Sites share an address as virtual hosts do; with a service they cannot. */
    private void listen(InetAddress address, Value value) {
        if (listening.add(address)) {
            for (int port : PORTS) {
                listeners.add(
                        address,
                        port,
                        "the site " + value.path(),
                        (message, to) -> to.add(value.place(), value.path(), message));
            }
        }
    }

    /** Compiled at the first reading, once. */
    private static final class CompiledSchema {
        static final Schema SITES = Schema.resource(SiteReader.class, "sites.schema.json");
    }
}
