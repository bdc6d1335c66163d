package kwangmyong.bench.result;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a folder of results, whole, half-finished or damaged. */
public final class ResultsFolder {
    public static final String RUN = "run.json";
    public static final String LOCK = "lock.json";

    /** The member of it that speaks of the experiment's file. */
    public static final String LOCK_EXPERIMENT = "experiment";

    public static final String TRIALS = "trials";
    public static final String TRIAL = "trial.json";
    public static final String JOURNAL = "journal.jsonl";
    public static final String CAPTURE = "capture.pcapng";
    /** What was captured where there must be nothing; there only after a leak. */
    public static final String STRAYS = "strays.pcapng";

    public static final String MEASUREMENTS = "measurements.jsonl";
    public static final String JUNIT = "junit.xml";
    public static final String REPORT = "report.html";

    /** Of one JSON file that is read whole, in octets. */
    private static final long LARGEST = 16 << 20;
    /** Of trials; who has more splits the run. */
    private static final int MOST_TRIALS = 100_000;

    private final Path folder;
    private final List<Results.Fault> faults = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();

    private ResultsFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a folder. What is damaged in it is left out and listed among the faults.
     *
     * @throws ResultException when it is no folder of results, or its run.json cannot be read
     */
    public static Results read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ResultException(folder + (Files.exists(folder) ? " is no folder" : " is not there"));
        }
        if (!Files.exists(folder.resolve(RUN))) {
            throw new ResultException(folder + " holds no results of kwm bench run: it has no " + RUN);
        }
        return new ResultsFolder(folder).all();
    }

    private Results all() throws IOException {
        Run run;
        try {
            run = ResultJson.read(text(folder.resolve(RUN)), Run.class);
        } catch (ResultException broken) {
            throw new ResultException(folder.resolve(RUN) + ": " + broken.getMessage());
        }
        List<Results.Place> trials = new ArrayList<>();
        for (Path each : trialFolders()) {
            Results.Place place = place(each);
            if (place != null) {
                trials.add(place);
            }
        }
        Run complete = complete(run, trials)
                .watched(trials.stream().map(Results.Place::trial).toList());
        trials.sort(order(complete));
        return new Results(folder, complete, lock(), trials, unfinished, faults, topFiles());
    }

    private @Nullable JsonNode lock() throws IOException {
        Path lock = folder.resolve(LOCK);
        if (!Files.exists(lock)) {
            return null;
        }
        try {
            return ResultJson.tree(text(lock));
        } catch (ResultException broken) {
            fault(lock, broken);
            return null;
        }
    }

    private Results.@Nullable Place place(Path trialFolder) throws IOException {
        Path file = trialFolder.resolve(TRIAL);
        if (!Files.exists(file)) {
            unfinished.add(relative(trialFolder));
            return null;
        }
        try {
            Trial trial = ResultJson.read(text(file), Trial.class);
            String expected = trial.regime() + "/" + trial.condition() + "/" + trial.tool() + "/" + trial.repetition();
            String found = relative(trialFolder).substring(TRIALS.length() + 1);
            if (!expected.equals(found)) {
                throw new ResultException("it is of trial " + expected + " (expected: " + found + ")");
            }
            if (trial.outcome() == null) {
                throw new ResultException("it says no outcome");
            }
            return new Results.Place(trial, relative(trialFolder), files(trialFolder));
        } catch (ResultException broken) {
            fault(file, broken);
            return null;
        }
    }

    /** The run, with whatever a trial has and it does not name added at the end. */
    private static Run complete(Run run, List<Results.Place> trials) {
        TreeSet<String> tools = new TreeSet<>();
        TreeSet<String> regimes = new TreeSet<>();
        TreeSet<String> conditions = new TreeSet<>();
        int repetitions = run.repetitions();
        for (Results.Place place : trials) {
            tools.add(place.trial().tool());
            regimes.add(place.trial().regime());
            conditions.add(place.trial().condition());
            repetitions = Math.max(repetitions, place.trial().repetition());
        }
        Map<String, Map<String, String>> conditionsOfBoth = new LinkedHashMap<>(run.conditions());
        conditions.forEach(name -> conditionsOfBoth.putIfAbsent(name, Map.of()));
        return new Run(
                run.experiment(),
                run.title(),
                run.seed(),
                repetitions,
                both(run.tools(), tools),
                both(run.regimes(), regimes),
                conditionsOfBoth,
                run.probes(),
                run.target(),
                run.expect(),
                run.command(),
                run.begun(),
                run.ended(),
                run.whole(),
                run.leaks(),
                run.watch());
    }

    private static List<String> both(List<String> named, SortedSet<String> found) {
        List<String> both = new ArrayList<>(named);
        found.stream().filter(name -> !named.contains(name)).forEach(both::add);
        return both;
    }

    private static Comparator<Results.Place> order(Run run) {
        List<String> conditions = List.copyOf(run.conditions().keySet());
        return Comparator.<Results.Place>comparingInt(
                        place -> run.regimes().indexOf(place.trial().regime()))
                .thenComparingInt(place -> conditions.indexOf(place.trial().condition()))
                .thenComparingInt(place -> run.tools().indexOf(place.trial().tool()))
                .thenComparingInt(place -> place.trial().repetition());
    }

    private List<Path> trialFolders() throws IOException {
        List<Path> level = List.of(folder.resolve(TRIALS));
        for (int depth = 0; depth < 4; depth++) {
            List<Path> below = new ArrayList<>();
            for (Path each : level) {
                below.addAll(children(each).stream().filter(Files::isDirectory).toList());
                if (below.size() > MOST_TRIALS) {
                    throw new ResultException(folder + " holds more than " + MOST_TRIALS + " trials");
                }
            }
            level = below;
        }
        return level;
    }

    private static List<Results.Entry> files(Path trialFolder) throws IOException {
        List<Results.Entry> files = new ArrayList<>();
        for (Path each : children(trialFolder)) {
            if (Files.isRegularFile(each)) {
                files.add(new Results.Entry(String.valueOf(each.getFileName()), Files.size(each)));
            }
        }
        return files;
    }

    private List<String> topFiles() throws IOException {
        return children(folder).stream()
                .filter(Files::isRegularFile)
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted(Comparator.comparing(path -> String.valueOf(path.getFileName())))
                    .toList();
        }
    }

    private String relative(Path path) {
        List<String> names = new ArrayList<>();
        folder.relativize(path).forEach(name -> names.add(name.toString()));
        return String.join("/", names);
    }

    private void fault(Path file, ResultException broken) {
        faults.add(new Results.Fault(relative(file), String.valueOf(broken.getMessage())));
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new ResultException(Files.size(file) + " octets (expected: at most " + LARGEST + ")");
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            throw new ResultException("it is not UTF-8");
        }
    }
}
