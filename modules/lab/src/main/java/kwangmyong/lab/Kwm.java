package kwangmyong.lab;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code kwm} command. */
@Command(
        name = "kwm",
        description =
                "A closed national network on this machine: names, pages, mail and the people who may or may not reach them.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            CheckCommand.class,
            ZoneCommand.class,
            TourCommand.class,
            BrowseCommand.class,
            AuthoritiesCommand.class,
            LogsCommand.class,
            ClockCommand.class,
            WarmUpCommand.class,
        },
        mixinStandardHelpOptions = true,
        version = "kwm 0.1.0",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start here:  kwm up          (in a second shell:)  kwm tour",
            "             kwm explain academic dailynk.com",
            "",
            "LAB is a folder under lab-configs, or a path; without one it is kwangmyong.",
            "Exit status: 0 fine, 1 a check failed or expected and observed differ,",
            "             2 bad usage or configuration, 3 not running or not ready.",
        })
public final class Kwm {
    private Kwm() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) {
        // A terminal that is not UTF-8 still gets UTF-8: Hangul has no other form here.
        System.setOut(new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8));
        CommandLine kwm = new CommandLine(new Kwm())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Kwm::explain);
        OperatorCommands.addTo(kwm);
        if (arguments.length == 0) {
            kwm.usage(System.err);
            return ExitStatus.USAGE;
        }
        return kwm.execute(arguments);
    }

    private static int explain(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (thrown instanceof UsageException wrong) {
            command.getErr().println("kwm: " + wrong.getMessage());
            return ExitStatus.USAGE;
        }
        throw thrown;
    }
}
