package kwangmyong.lab.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kwangmyong.lab.config.DnsSection.Zone;

/** Finds the zones that the section {@code dns} names: files {@code NAME.zone}, or folders of them (not the folders within those). */
final class ZoneReader {
    private static final String SUFFIX = ".zone";
    private static final String USUAL_ZONES = "zones";
    private static final String USUAL_WORLD = "zones/world";

    private final Map<String, Zone> found = new HashMap<>();
    private final List<Zone> zones = new ArrayList<>();

    private ZoneReader() {}

    static List<Zone> read(Section dns, Path labFile) {
        ZoneReader reader = new ZoneReader();
        reader.read(dns, "zones", labFile.resolveSibling(USUAL_ZONES), false);
        reader.read(dns, "world", labFile.resolveSibling(USUAL_WORLD), true);
        return SigningReader.read(dns.section("dnssec"), reader.zones);
    }

    private void read(Section dns, String key, Path usual, boolean world) {
        for (Value value : dns.values(key)) {
            try {
                read(value.place().resolve(value.text()), world, value::refuse);
            } catch (InvalidPathException notAPath) {
                value.refuse("is not a path");
            }
        }
        if (!dns.has(key) && Files.isDirectory(usual)) {
            read(usual, world, why -> dns.fault(key, "'" + usual + "' " + why));
        }
    }

    private void read(Path path, boolean world, Consumer<String> refuse) {
        if (Files.isRegularFile(path)) {
            add(path, world, refuse);
        } else if (!Files.isDirectory(path)) {
            refuse.accept("is neither a zone file nor a folder: " + path);
        } else {
            try (Stream<Path> files = Files.list(path)) {
                files.filter(file -> file.getFileName().toString().endsWith(SUFFIX) && Files.isRegularFile(file))
                        .sorted()
                        .forEach(file -> add(file, world, refuse));
            } catch (IOException unreadable) {
                refuse.accept("cannot be listed");
            }
        }
    }

    private void add(Path file, boolean world, Consumer<String> refuse) {
        String fileName = file.getFileName().toString();
        if (!fileName.endsWith(SUFFIX)) {
            refuse.accept("is not named NAME" + SUFFIX);
            return;
        }
        String name;
        try {
            name = Names.host(fileName.substring(0, fileName.length() - SUFFIX.length()));
        } catch (IllegalArgumentException notAName) {
            refuse.accept("holds " + fileName + ", which is not named after a zone");
            return;
        }
        Zone zone = new Zone(name, file, world, null);
        Zone other = found.putIfAbsent(name, zone);
        if (other == null) {
            zones.add(zone);
        } else {
            refuse.accept("holds the zone " + name + ", which is in " + other.file() + " already");
        }
    }
}
