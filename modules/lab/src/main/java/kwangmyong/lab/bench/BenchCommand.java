package kwangmyong.lab.bench;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        description = "Circumvention tools against regimes: try them, and say what got through.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BenchCheckCommand.class,
            BenchRunCommand.class,
            BenchWorkCommand.class,
            BenchReportCommand.class,
            BenchDiffCommand.class
        })
public final class BenchCommand {}
