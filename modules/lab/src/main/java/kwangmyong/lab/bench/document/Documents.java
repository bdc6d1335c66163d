package kwangmyong.lab.bench.document;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.lab.config.LabReader;
import kwangmyong.lab.config.Section;
import kwangmyong.lab.yaml.Faults;
import kwangmyong.lab.yaml.Place;
import kwangmyong.lab.yaml.Schema;
import kwangmyong.lab.yaml.Yaml;
import kwangmyong.lab.yaml.Yaml.Mapping;
import kwangmyong.lab.yaml.YamlFile;

/** The three kinds of file that people write for the bench. Never throws for what is written in them; all faults come at once. */
public final class Documents {
    /** What the file in a regime's folder is called. */
    public static final String REGIME = "regime.yaml";

    private Documents() {}

    /** What a file is. */
    public enum Kind {
        TOOL,
        REGIME,
        EXPERIMENT
    }

    /** By a file's name, or by the keys that only one kind has. A file that cannot be read is taken for a tool's, whose reading says why. */
    public static Kind kind(Path file) {
        if (file.endsWith(REGIME)) {
            return Kind.REGIME;
        }
        Optional<Yaml> tree = YamlFile.read(file, new Faults());
        return tree.isPresent()
                        && tree.get() instanceof Mapping map
                        && (map.get("regimes") != null || map.get("tools") != null)
                ? Kind.EXPERIMENT
                : Kind.TOOL;
    }

    public static Reading<Tool> tool(Path file) {
        return result(new Faults(), faults -> tool(file, faults));
    }

    /** A regime by its file or the folder of that. */
    public static Reading<Regime> regime(Path file) {
        return result(new Faults(), faults -> regime(file.endsWith(REGIME) ? file : file.resolve(REGIME), faults));
    }

    /** An experiment with every tool and regime that it names. */
    public static Reading<Experiment> experiment(Path file) {
        return result(
                new Faults(),
                faults -> read(
                        file,
                        Schemas.EXPERIMENT,
                        faults,
                        (path, root) -> new ExperimentReader(path, faults).read(root)));
    }

    static Optional<Tool> tool(Path file, Faults faults) {
        return read(file, Schemas.TOOL, faults, ToolReader::read);
    }

    static Optional<Regime> regime(Path file, Faults faults) {
        return read(file, Schemas.REGIME, faults, (path, root) -> RegimeReader.read(path, root, faults));
    }

    private static <T> Optional<T> read(Path file, Schema schema, Faults faults, BiFunction<Path, Section, T> reader) {
        Path path = file.toAbsolutePath().normalize();
        Optional<Yaml> tree = YamlFile.read(path, faults);
        if (tree.isPresent() && !(tree.get() instanceof Mapping)) {
            faults.add(
                    Place.startOf(path),
                    "",
                    "expected a map, found " + tree.get().kind());
        }
        return tree.filter(Mapping.class::isInstance).map(Mapping.class::cast).map(root -> {
            schema.check(root, faults);
            return reader.apply(path, Section.root(root, faults));
        });
    }

    private static <T> Reading<T> result(Faults faults, java.util.function.Function<Faults, Optional<T>> reader) {
        Optional<T> value = reader.apply(faults);
        return value.isPresent() && faults.isEmpty()
                ? new Reading.Read<>(value.get())
                : new Reading.Faulty<>(faults.sorted());
    }

    /** A file's name without its ending. */
    static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.yaml$", "");
    }

    static Path folder(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null ? file : folder;
    }

    /** Compiled at the first reading, once. */
    private static final class Schemas {
        static final Schema TOOL = Schema.resource(LabReader.class, "tool.schema.json");
        static final Schema REGIME = Schema.resource(LabReader.class, "regime.schema.json");
        static final Schema EXPERIMENT = Schema.resource(LabReader.class, "bench.schema.json");
    }
}
