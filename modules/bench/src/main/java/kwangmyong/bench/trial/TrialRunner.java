package kwangmyong.bench.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kwangmyong.bench.bed.Bed;
import kwangmyong.bench.recipe.Condition;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.result.ResultJson;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.Trial;

/** Runs one trial after another on a bed, each as if it were the first. For one thread. */
public final class TrialRunner {
    private final Bed bed;
    private final Experiment experiment;
    private final Regime regime;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param clock the machine's */
    public TrialRunner(Bed bed, Experiment experiment, Regime regime, InstantSource clock) {
        this.bed = bed;
        this.experiment = experiment;
        this.regime = regime;
        this.clock = clock;
    }

    /**
     * Runs a trial and leaves its folder behind.
     *
     * @param folder of this trial alone; what is there already is taken away
     * @throws IOException when the folder cannot be written, or the lab failed, as the folder's trial.json says then; it is of no use any more
     * @throws InterruptedException when the trial is to be given up; the folder has no trial.json then
     */
    public Trial run(TrialId id, Path folder) throws IOException, InterruptedException {
        Tool tool = named(experiment.tools(), Tool::name, id.tool());
        Condition condition = named(experiment.conditions(), Condition::name, id.condition());
        empty(folder);
        Instant begun = clock.instant();
        Optional<String> missing = missing(tool, condition);
        var conduct = new Conduct(bed, experiment, regime, id, tool, condition, folder, clock, random);
        if (missing.isEmpty()) {
            conduct.go();
        } else {
            conduct.skip(missing.get());
        }
        Trial trial = conduct.trial(begun, clock.instant());
        Path fresh = folder.resolve(ResultsFolder.TRIAL + ".new");
        Files.writeString(fresh, ResultJson.write(trial));
        Files.move(fresh, folder.resolve(ResultsFolder.TRIAL), StandardCopyOption.ATOMIC_MOVE);
        IOException failure = conduct.failure();
        if (failure != null) {
            throw failure;
        }
        return trial;
    }

    private Optional<String> missing(Tool tool, Condition condition) {
        for (Tool.Need need : tool.needs()) {
            Optional<String> missing = bed.missing(need);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return condition.isPlain() || bed.hasConditions()
                ? Optional.empty()
                : Optional.of("the way to the world cannot be held up here");
    }

    private static <T> T named(List<T> all, java.util.function.Function<T, String> name, String wanted) {
        return all.stream()
                .filter(one -> name.apply(one).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + wanted + " in this experiment"));
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> left;
            try (Stream<Path> walked = Files.walk(folder)) {
                left = walked.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : left) {
                Files.delete(path);
            }
        }
        Files.createDirectories(folder);
    }
}
