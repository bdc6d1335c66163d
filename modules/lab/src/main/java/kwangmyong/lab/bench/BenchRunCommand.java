package kwangmyong.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.result.ResultException;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.Trial;
import kwangmyong.bench.result.Visible;
import kwangmyong.bench.run.Conductor;
import kwangmyong.bench.run.Ledger;
import kwangmyong.bench.run.Schedule;
import kwangmyong.lab.control.OwnScreen;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        header = "Run an experiment, in networks with no way out.",
        description =
                "Every tool in every regime under every condition. What is done already in the folder is not done again, so that a run that was broken off goes on.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:all came out as expected",
            "1:something came out otherwise, was left, or left the lab",
            "2:bad usage or configuration"
        },
        footer = {
            "  kwm bench run lab-configs/benches/short.yaml",
            "  kwm bench run lab-configs/benches/first.yaml --parallel 4 --only ssh,tor",
            "  kwm bench run lab-configs/benches/short.yaml --docker"
        })
final class BenchRunCommand implements Callable<Integer> {
    private static final int MOST_PARALLEL = 64;
    private static final long CLOSE_WITHIN_SECONDS = 30;

    @Parameters(index = "0", paramLabel = "FILE", description = "the experiment")
    Path file = Path.of("");

    @Option(names = "--into", paramLabel = "DIR", description = "the folder of results (default: results/NAME-TIME)")
    @Nullable
    Path into;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many labs at once; each takes some 400 MB (default: 1)")
    int parallel = 1;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description =
                    "only trials of these tools, regimes or conditions; of several kinds, those that have one of each")
    List<String> only = List.of();

    @Option(names = "--install", description = "install missing packages, by apt-get")
    boolean install;

    @Option(
            names = "--docker",
            description = {
                "run in a container without a network, of the image kwm-bench (or $KWM_BENCH_IMAGE), which has the packages;",
                "it sees the folder above the experiment's, and writes to the folder of results alone"
            })
    boolean docker;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new UsageException("--parallel: " + parallel + " (expected: 1-" + MOST_PARALLEL + ")");
        }
        if (docker && BenchLock.image() == null) {
            throw new UsageException("--docker is for scripts/kwm, which starts the container");
        } else if (docker && install) {
            throw new UsageException("--install: a container's packages are its image's");
        }
        Experiment experiment = BenchFiles.experiment(file);
        var filter = new BenchFilter(experiment, only);
        needPackages(experiment);
        Path folder = into == null ? fresh(experiment.name()) : into;
        Map<String, List<TrialId>> schedule = Schedule.of(experiment, filter::wants);
        Ledger ledger;
        try {
            ledger = new Ledger(folder, experiment, commandLine(folder), Instant.now());
            ledger.lock(BenchLock.of(file, experiment));
        } catch (ResultException other) {
            throw new UsageException(other.getMessage() + "; name another folder by --into");
        }
        List<TrialId> all = schedule.values().stream().flatMap(List::stream).toList();
        System.out.println("kwm: " + all.size() + " trials, results in " + folder);
        return run(folder, ledger, schedule, all);
    }

    private int run(Path folder, Ledger ledger, Map<String, List<TrialId>> schedule, List<TrialId> all)
            throws IOException, InterruptedException {
        boolean isTerminal = OwnScreen.isTerminal();
        var closed = new CountDownLatch(1);
        List<TrialId> left;
        try (BenchCrew crew = new BenchCrew(file, folder)) {
            var screen = new BenchScreen(System.out, isTerminal, done(folder, all), all.size());
            var conductor = new Conductor(folder, schedule, crew, screen);
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> breakOff(conductor, main, closed), "kwm-signal"));
            left = conductor.run(parallel);
        } catch (InterruptedException brokenOff) {
            left = List.of();
        }
        try {
            Ledger.Summary summary = ledger.close(all, Instant.now());
            report(folder, summary, left);
            boolean fine =
                    summary.surprises().isEmpty() && summary.leaking().isEmpty() && summary.whole() && left.isEmpty();
            return fine ? ExitStatus.FINE : ExitStatus.DIFFERENT;
        } finally {
            closed.countDown();
        }
    }

    private static int done(Path folder, List<TrialId> all) {
        return (int) all.stream()
                .filter(id -> Files.exists(
                        folder.resolve(ResultsFolder.TRIALS).resolve(id.path()).resolve(ResultsFolder.TRIAL)))
                .count();
    }

    /** At a signal: no further trial, and what is there is summed up. */
    private static void breakOff(Conductor conductor, Thread main, CountDownLatch closed) {
        if (closed.getCount() == 0) {
            return;
        }
        conductor.stop();
        main.interrupt();
        try {
            closed.await(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(Path folder, Ledger.Summary summary, List<TrialId> left) {
        List<Trial> surprises = summary.surprises();
        surprises.forEach(trial -> System.out.println("kwm: otherwise than expected: " + trial.id() + " was "
                + trial.outcome().word() + (trial.why().isEmpty() ? "" : ": " + Visible.line(trial.why()))));
        left.forEach(id -> System.out.println("kwm: could not be run, since its lab failed: " + id));
        System.out.printf(
                "kwm: %d trials; the bench's own share of each: %.2f s at the median%n",
                summary.trials().size(), summary.overhead() / 1e3);
        summary.leaking()
                .forEach(trial -> System.err.println(
                        "kwm: LEAK, found after " + trial.id() + ": " + String.join("; ", trial.waysOut())));
        if (!summary.whole()) {
            System.out.println("kwm: not whole yet; this goes on: " + commandLine(folder));
        }
        System.out.println("kwm: " + folder.resolve(ResultsFolder.REPORT));
    }

    private String commandLine(Path folder) {
        return "kwm bench run " + file + " --into " + folder
                + (only.isEmpty() ? "" : " --only " + String.join(",", only))
                + (docker ? " --docker" : "");
    }

    private static Path fresh(String name) {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                .withZone(ZoneId.systemDefault())
                .format(Instant.now());
        return Path.of("results", name + "-" + time);
    }

    private void needPackages(Experiment experiment) throws IOException, InterruptedException {
        Set<String> missing = BenchPackages.missing(BenchPackages.needed(experiment));
        if (missing.isEmpty()) {
            return;
        }
        List<String> words = BenchPackages.install(missing);
        if (docker) {
            throw new UsageException("the image has not the packages " + String.join(", ", missing)
                    + "; scripts/docker-image --bench makes one that has what recipes name");
        } else if (!install) {
            throw new UsageException(
                    "packages are missing; --install has them installed, as does:\n  " + String.join(" ", words));
        }
        System.out.println("kwm: " + String.join(" ", words));
        if (new ProcessBuilder(words).inheritIO().start().waitFor() != 0) {
            throw new UsageException("the packages could not be installed");
        }
    }
}
