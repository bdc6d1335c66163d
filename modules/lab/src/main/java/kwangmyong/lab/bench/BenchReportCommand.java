package kwangmyong.lab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import kwangmyong.bench.report.ReportFile;
import kwangmyong.bench.result.ResultException;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        header = "Make report.html from a folder of results.",
        description =
                "Of a run that is whole, or half-finished. The page fetches nothing and links the files beside it; the same folder yields the same octets.",
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:all was read",
            "1:something was left out because it cannot be read",
            "2:bad usage or configuration"
        },
        footer = {"  kwm bench report results/first"})
final class BenchReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "what kwm bench run wrote")
    Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        Results results = read(folder);
        Path file = ReportFile.write(results);
        results.faults().forEach(fault -> System.err.println("kwm: left out " + fault));
        System.out.println("kwm: " + file + ": " + results.trials().size() + " of " + results.planned() + " trials"
                + (results.unfinished().isEmpty()
                        ? ""
                        : ", " + results.unfinished().size() + " begun and not ended"));
        return results.faults().isEmpty() ? ExitStatus.FINE : ExitStatus.DIFFERENT;
    }

    /** A folder of results, or one message for the person who named it. */
    static Results read(Path folder) throws IOException {
        try {
            return ResultsFolder.read(folder);
        } catch (ResultException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }
}
