package kwangmyong.lab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.trial.TrialRunner;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.isolated.Closed;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.process.LogSetup;
import kwangmyong.lab.process.RunFile;
import kwangmyong.lab.running.RunningLab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * One lab of one regime, for {@code kwm bench run}, which starts it by {@code scripts/kwm} in namespaces of its own: reads a trial a line,
 * says {@value #READY} first and {@value #DONE} after each, and ends with its input.
 */
@Command(name = "work", hidden = true, description = "One lab for kwm bench run; reads a trial a line.")
final class BenchWorkCommand implements Callable<Integer> {
    static final String READY = "ready";
    static final String DONE = "done";
    static final String FAILED = "failed ";
    private static final String END = "";

    @Parameters(index = "0", paramLabel = "FILE", description = "the experiment")
    Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "REGIME", description = "which of its regimes")
    String regime = "";

    @Parameters(index = "2", paramLabel = "DIR", description = "the folder of results")
    Path into = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (System.getenv(RunFile.LAUNCHER) == null) {
            throw new UsageException("this is what kwm bench run starts");
        }
        PrintStream answers = System.out;
        System.setOut(System.err); // what a lab says at its start is for the person, not for kwm bench run
        Experiment experiment = BenchFiles.experiment(file);
        Regime chosen = experiment.regimes().stream()
                .filter(one -> one.name().equals(regime))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no regime " + regime + " in " + file));
        LabFolder folder = new LabFolder(chosen.lab());
        StateFolder state = StateFolder.of(folder.name());
        state.create();
        LogSetup.toFile(state);
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        return RunningLab.lend(folder, state, RunFile.Mode.ISOLATED, 0, lab -> {
            Closed closed = lab.closed();
            if (closed == null) {
                throw new IOException("the lab is not isolated");
            }
            var runner = new TrialRunner(new BenchBed(lab, chosen, closed), experiment, chosen, InstantSource.system());
            listen(asked);
            answers.println(READY);
            for (String line = asked.take(); !line.equals(END); line = asked.take()) {
                answers.println(answer(runner, line));
                answers.flush();
            }
        });
    }

    private String answer(TrialRunner runner, String line) throws InterruptedException {
        try {
            TrialId id = TrialId.parse(line);
            runner.run(id, into.resolve(ResultsFolder.TRIALS).resolve(id.path()));
            return DONE;
        } catch (IOException | IllegalArgumentException failed) {
            return FAILED + String.valueOf(failed.getMessage()).replaceAll("\\R", "; ");
        }
    }

    /** When whoever asks is gone, a trial under way is of no use to anybody: everything ends with this process. */
    private static void listen(BlockingQueue<String> asked) {
        var listening = new Thread(
                () -> {
                    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                        for (String line = in.readLine(); line != null; line = in.readLine()) {
                            asked.add(line);
                            if (line.equals(END)) {
                                return;
                            }
                        }
                    } catch (IOException gone) {
                        // as at the end
                    }
                    Runtime.getRuntime().halt(ExitStatus.NOT_RUNNING);
                },
                "kwm-asked");
        listening.setDaemon(true);
        listening.start();
    }
}
