package kwangmyong.lab.yaml;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kwangmyong.lab.yaml.Yaml.Entry;
import kwangmyong.lab.yaml.Yaml.Mapping;
import kwangmyong.lab.yaml.Yaml.Scalar;
import kwangmyong.lab.yaml.Yaml.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file and those it {@code extends}, and lays one over the other: maps merge key by key, lists whose items all have an {@code id}
 * merge by it, everything else is replaced; nothing ({@code null}) takes a key away, {@code remove: true} an item. Every value keeps the
 * place it was written at, in whichever file.
 */
public final class Layers {
    /** How many files may extend one another in a row. */
    public static final int MAX_LAYERS = 8;

    private static final String EXTENDS = "extends";
    private static final String REMOVE = "remove";

    private final String fileName;
    private final Faults faults;

    /** @param fileName the file that stands for a folder: {@code lab.yaml} */
    public Layers(String fileName, Faults faults) {
        this.fileName = fileName;
        this.faults = faults;
    }

    /** The merged map, without {@code extends}; empty when a file cannot be read, which the faults then say. */
    public Optional<Mapping> read(Path file) {
        return read(file, new ArrayList<>());
    }

    private Optional<Mapping> read(Path file, List<Path> above) {
        above.add(file);
        Yaml tree = YamlFile.read(file, faults).orElse(null);
        if (tree == null) {
            return Optional.empty();
        }
        if (!(tree instanceof Mapping own)) {
            faults.add(tree.place(), "", "expected a map, found " + tree.kind());
            return Optional.empty();
        }
        Entry base = own.entries().get(EXTENDS);
        if (base == null) {
            return Optional.of(own);
        }
        Mapping difference = without(own, EXTENDS);
        Path baseFile = baseFile(base, above);
        // A difference says little without what it differs from: half of what it needs would seem to be missing.
        return baseFile == null ? Optional.empty() : read(baseFile, above).map(below -> over(below, difference));
    }

    private @Nullable Path baseFile(Entry base, List<Path> above) {
        Place place = base.value().place();
        if (!(base.value() instanceof Scalar scalar)
                || scalar.type() != Yaml.Type.TEXT
                || scalar.text().isBlank()) {
            faults.add(
                    place,
                    EXTENDS,
                    "expected a lab's name or the path of a file, found "
                            + base.value().kind());
            return null;
        }
        Path file = locate(scalar);
        if (file == null) {
            faults.add(place, EXTENDS, "there is no lab '" + scalar.text() + "'");
            return null;
        }
        if (above.contains(file)) {
            faults.add(place, EXTENDS, "'" + scalar.text() + "' extends this file in turn");
            return null;
        }
        if (above.size() == MAX_LAYERS) {
            faults.add(place, EXTENDS, "more than " + MAX_LAYERS + " files extend one another");
            return null;
        }
        return file;
    }

    /** A path is taken from the file that names it; a bare name is the folder beside that file's own. */
    private @Nullable Path locate(Scalar scalar) {
        List<String> candidates =
                scalar.text().contains("/") ? List.of(scalar.text()) : List.of(scalar.text(), "../" + scalar.text());
        for (String candidate : candidates) {
            Path path;
            try {
                path = scalar.place().resolve(candidate);
            } catch (java.nio.file.InvalidPathException notAPath) {
                return null;
            }
            if (Files.isRegularFile(path)) {
                return path;
            }
            if (Files.isRegularFile(path.resolve(fileName))) {
                return path.resolve(fileName);
            }
        }
        return null;
    }

    private static Yaml over(Yaml below, Yaml above) {
        if (below instanceof Mapping low && above instanceof Mapping high) {
            return over(low, high);
        }
        if (below instanceof Sequence low && above instanceof Sequence high && haveIds(low) && haveIds(high)) {
            return over(low, high);
        }
        return above;
    }

    private static Mapping over(Mapping below, Mapping above) {
        Map<String, Entry> merged = new LinkedHashMap<>(below.entries());
        above.entries().forEach((key, high) -> {
            Entry low = merged.get(key);
            if (low != null && isNothing(high.value())) {
                merged.remove(key);
            } else {
                merged.put(key, low == null ? high : new Entry(high.key(), over(low.value(), high.value())));
            }
        });
        return Mapping.of(above.place(), merged);
    }

    private static Sequence over(Sequence below, Sequence above) {
        List<Yaml> merged = new ArrayList<>(below.items());
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < merged.size(); i++) {
            positions.putIfAbsent(id(merged.get(i)), i);
        }
        Set<String> laid = new HashSet<>();
        List<Yaml> removed = new ArrayList<>();
        for (Yaml item : above.items()) {
            Integer position = positions.get(id(item));
            if (position == null || !laid.add(id(item))) {
                merged.add(item); // new, or the same id twice in one file, which is for the checks to say
            } else if (item instanceof Mapping map && map.entries().containsKey(REMOVE)) {
                removed.add(merged.get(position));
            } else {
                merged.set(position, over(merged.get(position), item));
            }
        }
        merged.removeIf(item -> removed.stream().anyMatch(gone -> gone == item));
        return Sequence.of(above.place(), merged);
    }

    private static boolean haveIds(Sequence list) {
        return list.items().stream().allMatch(item -> !id(item).isEmpty());
    }

    private static String id(Yaml item) {
        return item instanceof Mapping map && map.get("id") instanceof Scalar scalar ? scalar.text() : "";
    }

    private static boolean isNothing(Yaml value) {
        return value instanceof Scalar scalar && scalar.type() == Yaml.Type.NOTHING;
    }

    private static Mapping without(Mapping map, String key) {
        Map<String, Entry> rest = new LinkedHashMap<>(map.entries());
        rest.remove(key);
        return Mapping.of(map.place(), rest);
    }
}
