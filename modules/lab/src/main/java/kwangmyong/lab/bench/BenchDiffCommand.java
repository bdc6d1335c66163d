package kwangmyong.lab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import kwangmyong.bench.report.Comparison;
import kwangmyong.bench.report.ComparisonText;
import kwangmyong.bench.result.ResultException;
import kwangmyong.bench.result.ResultJson;
import kwangmyong.bench.result.Results;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        header = "Say what changed from one run to another.",
        description =
                "Outcomes, what stopped a tool, measurements whose 95 %% intervals do not overlap, decisions of equal trials, versions and hashes.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:the outcomes are the same",
            "1:one differs, or a tool was tried in one run alone (with --strict, also when something else stopped it or a trial had other decisions)",
            "2:bad usage or configuration"
        },
        footer = {"  kwm bench diff results/first results/second"})
final class BenchDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "the results of one run")
    Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "those of another")
    Path after = Path.of("");

    @Option(names = "--strict", description = "what stopped a tool and the decisions must be the same, too")
    boolean strict;

    @Option(names = "--json", description = "print JSON")
    boolean json;

    @Override
    public Integer call() throws IOException {
        Comparison comparison = compare(BenchReportCommand.read(before), BenchReportCommand.read(after));
        if (json) {
            System.out.print(ResultJson.write(comparison));
        } else {
            ComparisonText.of(comparison).forEach(System.out::println);
        }
        return comparison.hasOtherOutcomes() || (strict && comparison.hasOtherDecisions())
                ? ExitStatus.DIFFERENT
                : ExitStatus.FINE;
    }

    private static Comparison compare(Results before, Results after) {
        before.faults()
                .forEach(fault -> System.err.println(
                        "kwm: left out " + before.folder().resolve(fault.file()) + ": " + fault.message()));
        after.faults()
                .forEach(fault -> System.err.println(
                        "kwm: left out " + after.folder().resolve(fault.file()) + ": " + fault.message()));
        try {
            return Comparison.of(before, after);
        } catch (ResultException incomparable) {
            throw new UsageException(String.valueOf(incomparable.getMessage()));
        }
    }
}
