package kwangmyong.lab.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.lab.bench.document.Documents;
import kwangmyong.lab.bench.document.Reading;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        header = "Say what is wrong with tools, regimes and experiments.",
        description = "Every fault with its file, line and column, and the nearest valid key.",
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:they are sound", "2:one has a fault"},
        footer = {"  kwm bench check lab-configs/benches/short.yaml"})
public final class BenchCheckCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "tools/NAME.yaml, regimes/NAME, benches/NAME.yaml")
    public List<Path> files = List.of();

    @Override
    public Integer call() {
        StringBuilder faults = new StringBuilder();
        for (Path given : files) {
            Path file = Files.isDirectory(given) ? given.resolve(Documents.REGIME) : given;
            switch (Documents.kind(file)) {
                case TOOL -> check(file, Documents.tool(file), BenchCheckCommand::about, faults);
                case REGIME -> check(file, Documents.regime(file), BenchCheckCommand::about, faults);
                case EXPERIMENT -> check(file, Documents.experiment(file), BenchCheckCommand::about, faults);
            }
        }
        if (!faults.isEmpty()) {
            throw new UsageException(faults.toString().strip());
        }
        return ExitStatus.FINE;
    }

    private static <T> void check(
            Path file, Reading<T> reading, java.util.function.Function<T, String> about, StringBuilder faults) {
        if (reading instanceof Reading.Read<T> read) {
            System.out.println("kwm: " + file + " is sound: " + about.apply(read.value()));
        } else if (reading instanceof Reading.Faulty<T> faulty) {
            faults.append(file).append(" has faults\n");
            faulty.faults().forEach(fault -> faults.append(fault).append('\n'));
        }
    }

    private static String about(Tool tool) {
        return "the tool " + tool.name() + ", " + tool.server().programs().size() + " programs in the world and "
                + tool.client().programs().size() + " at the terminal, reached by "
                + tool.wayIn().word();
    }

    private static String about(Regime regime) {
        return "the regime " + regime.name() + ", of the lab in " + regime.lab();
    }

    private static String about(Experiment experiment) {
        int each = experiment.tools().size()
                * experiment.regimes().size()
                * experiment.conditions().size();
        return experiment.tools().size() + " tools, " + experiment.regimes().size() + " regimes, "
                + experiment.conditions().size() + " conditions, " + each * experiment.repetitions() + " trials";
    }
}
