package kwangmyong.lab.bench;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        header = "Try circumvention tools against regimes, and say what got through.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BenchCheckCommand.class,
            BenchRunCommand.class,
            BenchWorkCommand.class,
            BenchReportCommand.class,
            BenchDiffCommand.class
        },
        footer = {
            "  kwm bench run lab-configs/benches/short.yaml --into results/first",
            "  kwm bench report results/first"
        })
public final class BenchCommand {}
