package kwangmyong.lab.bench.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import kwangmyong.bench.recipe.Condition;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.ProbeKind;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.bench.result.Expectation;
import kwangmyong.bench.result.Outcome;
import kwangmyong.lab.config.LabReader;
import kwangmyong.lab.config.Section;
import kwangmyong.lab.config.Value;
import kwangmyong.lab.yaml.Faults;
import kwangmyong.lab.yaml.Nearest;
import org.jspecify.annotations.Nullable;

/** Reads an experiment; tools and regimes lie in the folders beside its own. */
final class ExperimentReader {
    private static final String ALL = "all";
    private static final String PLAIN = "plain";

    private final Path file;
    private final Faults faults;

    ExperimentReader(Path file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    Experiment read(Section root) {
        Map<String, Tool> tools = named(root, "tools", Documents::tool);
        Map<String, Regime> regimes = named(root, "regimes", Documents::regime);
        List<Condition> conditions = conditions(root.section("conditions"));
        Set<String> conditionNames = new LinkedHashSet<>();
        conditions.forEach(condition -> conditionNames.add(condition.name()));
        List<Expectation> expectations = new ArrayList<>();
        for (Section expected : root.sections("expect")) {
            Outcome outcome = outcome(expected);
            for (String tool : among(expected, "tool", tools.keySet())) {
                for (String regime : among(expected, "regime", regimes.keySet())) {
                    for (String condition : among(expected, "condition", conditionNames)) {
                        expectations.add(new Expectation(whenOne(tool), whenOne(regime), whenOne(condition), outcome));
                    }
                }
            }
        }
        return new Experiment(
                Documents.name(file),
                root.text("title", ""),
                root.value("seed").flatMap(LabReader::seed).orElse(1L),
                root.integer("repetitions", 1),
                List.copyOf(tools.values()),
                List.copyOf(regimes.values()),
                conditions,
                probes(root),
                root.text("target", "dailynk.com"),
                settings(root.section("settings")),
                expectations);
    }

    private static Outcome outcome(Section expected) {
        String word = expected.text("outcome", "");
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.word().equals(word))
                .findFirst()
                .orElse(Outcome.THROUGH); // the schema has said so
    }

    /** Those of a kind that are named, or all that there are, each read once. */
    private <T> Map<String, T> named(Section root, String kind, BiFunction<Path, Faults, Optional<T>> reader) {
        Path beside = Documents.folder(file).resolveSibling(kind);
        Map<String, T> found = new LinkedHashMap<>();
        for (Value word : root.values(kind)) {
            if (word.text().equals(ALL)) {
                there(beside)
                        .forEach((name, path) -> reader.apply(path, faults).ifPresent(one -> found.put(name, one)));
                continue;
            }
            Optional<Path> path = locate(word, there(beside));
            if (path.isEmpty()) {
                String near = Nearest.hint(word.text(), there(beside).keySet());
                word.refuse("is none of the " + kind
                        + (near.isEmpty()
                                ? " (there are: "
                                        + String.join(", ", there(beside).keySet()) + ")"
                                : near));
                continue;
            }
            String name = nameOf(path.get());
            if (found.containsKey(name)) {
                word.refuse("is named twice");
                continue;
            }
            reader.apply(path.get(), faults).ifPresent(one -> found.put(name, one));
        }
        return found;
    }

    private static Optional<Path> locate(Value word, Map<String, Path> there) {
        if (!word.text().contains("/") && !word.text().endsWith(".yaml")) {
            return Optional.ofNullable(there.get(word.text()));
        }
        Path path = word.place().resolve(word.text());
        Path file = Files.isDirectory(path) ? path.resolve(Documents.REGIME) : path;
        return Optional.of(file).filter(Files::isRegularFile);
    }

    private static String nameOf(Path file) {
        return file.endsWith(Documents.REGIME)
                ? String.valueOf(Documents.folder(file).getFileName())
                : Documents.name(file);
    }

    /** What lies in a folder of tools or of regimes, by name, in the order of names. */
    private static Map<String, Path> there(Path folder) {
        Map<String, Path> there = new LinkedHashMap<>();
        try (Stream<Path> content = Files.list(folder)) {
            content.map(path -> Files.isDirectory(path) ? path.resolve(Documents.REGIME) : path)
                    .filter(path -> path.toString().endsWith(".yaml") && Files.isRegularFile(path))
                    .sorted()
                    .forEach(path -> there.put(nameOf(path), path));
        } catch (IOException none) {
            return there; // whoever names one of them is told that there are none
        }
        return there;
    }

    private static List<Condition> conditions(Section section) {
        List<Condition> conditions = new ArrayList<>();
        section.named().forEach((name, measures) -> {
            try {
                conditions.add(condition(name, measures));
            } catch (IllegalArgumentException wrong) {
                measures.fault(String.valueOf(wrong.getMessage()));
            }
        });
        return conditions.isEmpty() ? List.of(Condition.plain(PLAIN)) : conditions;
    }

    /** @throws IllegalArgumentException when no border can do that */
    private static Condition condition(String name, Section measures) {
        var atBorder = new kwangmyong.border.api.Condition(
                duration(measures, "delay", Duration.ZERO),
                duration(measures, "jitter", Duration.ZERO),
                Measures.share(measures, "loss").orElse(0.0),
                Measures.rate(measures, "rate").orElse(0L));
        return new Condition(name, atBorder.delay(), atBorder.jitter(), atBorder.loss(), atBorder.rate());
    }

    private static Duration duration(Section section, String key, Duration whenAbsent) {
        return Measures.duration(section, key).orElse(whenAbsent);
    }

    private static Set<ProbeKind> probes(Section root) {
        Set<ProbeKind> probes = EnumSet.noneOf(ProbeKind.class);
        for (Value word : root.values("probes")) {
            if (word.text().equals(ALL)) {
                return EnumSet.allOf(ProbeKind.class);
            }
            Arrays.stream(ProbeKind.values())
                    .filter(kind -> kind.word().equals(word.text()))
                    .forEach(probes::add);
        }
        return probes.isEmpty() ? EnumSet.of(ProbeKind.WEB) : probes;
    }

    private static Experiment.Settings settings(Section section) {
        Experiment.Settings usual = Experiment.Settings.DEFAULT;
        return new Experiment.Settings(
                some(section, "fetch_within", usual.fetchWithin()),
                section.integer("latency_fetches", usual.latencyFetches()),
                section.integer("throughput_bytes", (int) usual.throughputOctets()),
                duration(section, "stability_for", usual.stabilityFor()),
                some(section, "stability_every", usual.stabilityEvery()));
    }

    private static Duration some(Section section, String key, Duration whenAbsent) {
        Duration time = duration(section, key, whenAbsent);
        if (time.isZero()) {
            section.fault(key, "is no time at all");
            return whenAbsent;
        }
        return time;
    }

    /** Those that are named, or the word that stands for all, which nothing stands for as well. */
    private static Set<String> among(Section expected, String key, Set<String> names) {
        Set<String> chosen = new LinkedHashSet<>();
        for (Value word : expected.values(key)) {
            if (!word.text().equals(ALL) && !names.contains(word.text())) {
                String near = Nearest.hint(word.text(), names);
                word.refuse("is not part of this experiment"
                        + (near.isEmpty() ? " (expected: " + String.join(", ", names) + ", or all)" : near));
            }
            chosen.add(word.text());
        }
        return chosen.isEmpty() || chosen.contains(ALL) ? Set.of(ALL) : chosen;
    }

    private static @Nullable String whenOne(String word) {
        return word.equals(ALL) ? null : word;
    }
}
