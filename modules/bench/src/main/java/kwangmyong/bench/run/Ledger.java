package kwangmyong.bench.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kwangmyong.bench.recipe.Condition;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.ProbeKind;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.report.LockChange;
import kwangmyong.bench.report.ReportPage;
import kwangmyong.bench.result.Expectation;
import kwangmyong.bench.result.ResultException;
import kwangmyong.bench.result.ResultJson;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.Run;
import kwangmyong.bench.result.Trial;
import org.jspecify.annotations.Nullable;

/** Writes what a run's folder holds beside the trials themselves. Every file is whole or as it was before. */
public final class Ledger {
    /** Of what is otherwise than it was. */
    private static final int NAMED = 5;

    private final Path folder;
    private final Experiment experiment;
    private final String command;
    private Instant begun;

    /**
     * Opens a folder, new or begun earlier.
     *
     * @param command what to type to run it again
     * @param now by the machine's clock
     * @throws ResultException when another experiment has begun there
     */
    public Ledger(Path folder, Experiment experiment, String command, Instant now) throws IOException {
        this.folder = folder;
        this.experiment = experiment;
        this.command = command;
        this.begun = now;
        Path file = folder.resolve(ResultsFolder.RUN);
        if (Files.exists(file)) {
            Run earlier = ResultJson.read(Files.readString(file), Run.class);
            if (!isSame(earlier, run(null, false))) {
                throw new ResultException(
                        folder + " holds results of another experiment, or of this one before it was changed");
            }
            begun = earlier.begun() == null ? now : earlier.begun();
        }
        Files.createDirectories(folder.resolve(ResultsFolder.TRIALS));
        write(ResultsFolder.RUN, ResultJson.write(run(null, false)));
    }

    private static boolean isSame(Run one, Run other) {
        return one.experiment().equals(other.experiment())
                && one.seed() == other.seed()
                && one.tools().equals(other.tools())
                && one.regimes().equals(other.regimes())
                && one.conditions().equals(other.conditions())
                && one.probes().equals(other.probes())
                && one.target().equals(other.target());
    }

    private Run run(@Nullable Instant ended, boolean whole) {
        Map<String, Map<String, String>> conditions = new LinkedHashMap<>();
        experiment.conditions().forEach(condition -> conditions.put(condition.name(), words(condition)));
        return new Run(
                experiment.name(),
                experiment.title(),
                experiment.seed(),
                experiment.repetitions(),
                experiment.tools().stream().map(Tool::name).toList(),
                experiment.regimes().stream().map(Regime::name).toList(),
                conditions,
                experiment.probes().stream().sorted().map(ProbeKind::word).toList(),
                experiment.target(),
                experiment.expectations(),
                command,
                begun,
                ended,
                whole,
                null,
                null);
    }

    private static Map<String, String> words(Condition condition) {
        Map<String, String> words = new LinkedHashMap<>();
        if (!condition.delay().isZero()) {
            words.put("delay", condition.delay().toMillis() + "ms");
        }
        if (!condition.jitter().isZero()) {
            words.put("jitter", condition.jitter().toMillis() + "ms");
        }
        if (condition.loss() > 0) {
            words.put(
                    "loss",
                    java.math.BigDecimal.valueOf(condition.loss())
                                    .movePointRight(2)
                                    .stripTrailingZeros()
                                    .toPlainString()
                            + "%");
        }
        if (condition.rate() > 0) {
            words.put("rate", condition.rate() + "bit");
        }
        return words;
    }

    /**
     * Writes versions and hashes. The experiment's own file may have changed, by more repetitions or another expectation.
     *
     * @throws ResultException when trials are there already that ran with others
     */
    public void lock(Object lock) throws IOException {
        String text = ResultJson.write(lock);
        Path file = folder.resolve(ResultsFolder.LOCK);
        if (Files.exists(file) && !ResultsFolder.read(folder).trials().isEmpty()) {
            List<LockChange> changes =
                    LockChange.between(ResultJson.tree(Files.readString(file)), ResultJson.tree(text)).stream()
                            .filter(change -> !change.name().startsWith(ResultsFolder.LOCK_EXPERIMENT))
                            .toList();
            if (!changes.isEmpty()) {
                throw new ResultException(folder + " holds trials that ran with something else: "
                        + changes.stream().limit(NAMED).map(LockChange::name).collect(Collectors.joining(", "))
                        + (changes.size() > NAMED ? " and " + (changes.size() - NAMED) + " more" : ""));
            }
        }
        write(ResultsFolder.LOCK, text);
    }

    /**
     * Writes what the whole comes to.
     *
     * @param all every trial that the experiment has
     * @return what was found
     */
    public Summary close(List<TrialId> all, Instant now) throws IOException {
        Results results = ResultsFolder.read(folder);
        List<Trial> trials = results.trials().stream().map(Results.Place::trial).toList();
        boolean whole = all.stream().allMatch(id -> Files.exists(trial(id).resolve(ResultsFolder.TRIAL)));
        write(ResultsFolder.RUN, ResultJson.write(run(now, whole).watched(trials)));
        measurements(results);
        write(ResultsFolder.JUNIT, JUnitXml.of(experiment.name(), trials, experiment.expectations()));
        write(ResultsFolder.REPORT, ReportPage.html(ResultsFolder.read(folder)));
        return new Summary(trials, experiment.expectations(), whole);
    }

    private Path trial(TrialId id) {
        return folder.resolve(ResultsFolder.TRIALS).resolve(id.path());
    }

    /** Every trial's lines, in the order of the report. */
    private void measurements(Results results) throws IOException {
        Path fresh = folder.resolve(ResultsFolder.MEASUREMENTS + ".new");
        try (OutputStream out = Files.newOutputStream(fresh)) {
            for (Results.Place place : results.trials()) {
                Path file = folder.resolve(place.folder()).resolve(ResultsFolder.MEASUREMENTS);
                if (Files.exists(file)) {
                    Files.copy(file, out);
                }
            }
        }
        Files.move(fresh, folder.resolve(ResultsFolder.MEASUREMENTS), StandardCopyOption.ATOMIC_MOVE);
    }

    private void write(String name, String text) throws IOException {
        Path fresh = folder.resolve(name + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * What was found.
     *
     * @param whole whether every trial has ended
     */
    public record Summary(List<Trial> trials, List<Expectation> expectations, boolean whole) {
        public Summary {
            trials = List.copyOf(trials);
            expectations = List.copyOf(expectations);
        }

        /** Trials that theory had otherwise. */
        public List<Trial> surprises() {
            return trials.stream()
                    .filter(trial -> JUnitXml.broken(trial, expectations).isPresent())
                    .toList();
        }

        /** Trials after which a way out was found. */
        public List<Trial> leaking() {
            return trials.stream().filter(trial -> !trial.waysOut().isEmpty()).toList();
        }

        /** The median of the bench's own time for a trial, in milliseconds; 0 without any. */
        public double overhead() {
            double[] sorted =
                    overheads().sorted().mapToDouble(Double::doubleValue).toArray();
            int middle = sorted.length / 2;
            return sorted.length == 0
                    ? 0
                    : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }

        private Stream<Double> overheads() {
            return trials.stream()
                    .map(Trial::overhead)
                    .flatMap(Stream::ofNullable)
                    .map(overhead -> overhead.setupMs() + overhead.teardownMs());
        }
    }
}
