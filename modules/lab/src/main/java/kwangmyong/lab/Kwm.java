package kwangmyong.lab;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import kwangmyong.lab.bench.BenchCommand;
import kwangmyong.lab.command.AuthoritiesCommand;
import kwangmyong.lab.command.BackupCommand;
import kwangmyong.lab.command.BrowseCommand;
import kwangmyong.lab.command.CaptureCommand;
import kwangmyong.lab.command.CheckCommand;
import kwangmyong.lab.command.CommandGroups;
import kwangmyong.lab.command.CompletionCommand;
import kwangmyong.lab.command.CredentialsCommand;
import kwangmyong.lab.command.DownCommand;
import kwangmyong.lab.command.EnterCommand;
import kwangmyong.lab.command.HelpStyle;
import kwangmyong.lab.command.LeaksCommand;
import kwangmyong.lab.command.LogsCommand;
import kwangmyong.lab.command.OperatorCommands;
import kwangmyong.lab.command.RestoreCommand;
import kwangmyong.lab.command.TourCommand;
import kwangmyong.lab.command.UpCommand;
import kwangmyong.lab.command.WarmUpCommand;
import kwangmyong.lab.command.WiresCommand;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.NotRunningException;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.pack.PackCommand;
import kwangmyong.lab.policy.PolicyCommand;
import kwangmyong.lab.policy.PolicyZoneCommand;
import kwangmyong.lab.policy.ZoneCommand;
import kwangmyong.lab.process.OwnProgram;
import kwangmyong.lab.serve.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code kwm} command. */
@Command(
        name = "kwm",
        header =
                "A closed national network on this machine: names, pages, mail and the people who may or may not reach them.",
        mixinStandardHelpOptions = true,
        version = "kwm " + OwnProgram.VERSION,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeList = {
            "0:fine",
            "1:a check failed, or expected and observed differ",
            "2:bad usage or configuration",
            "3:not running, or not ready"
        },
        footer = {"  kwm up --detach", "  kwm tour", "  kwm explain academic dailynk.com", "  kwm explain --help"})
public final class Kwm {
    /** What somebody needs who types {@code kwm} and no more. */
    private static final String FIRST_STEPS = """
            kwm runs a closed national network on this machine: names, pages, mail, and the people who may
            or may not reach them.

            Start one and ask it:

              kwm up --detach                        start the lab kwangmyong, without any privilege
              kwm tour                               hold every promise of it against the wire
              kwm explain resident namsan.aca.kp     what every layer decides for somebody, and why
              kwm browse resident                    a browser at a café terminal: log in, look around, be refused
              kwm denials resident                   what was refused, and by which rule
              kwm down                               stop it; what it keeps stays

            Put a program inside, with no way out (Linux, no root):

              kwm up --mode isolated --detach
              kwm enter academic -- curl http://namsan.aca.kp/
              kwm bench run lab-configs/benches/short.yaml

            kwm --help lists all commands; kwm COMMAND --help explains one, with examples.
            """;

    private static final Map<String, Supplier<?>> OWN = own();

    private Kwm() {}

    private static Map<String, Supplier<?>> own() {
        Map<String, Supplier<?>> own = new LinkedHashMap<>();
        own.put("up", UpCommand::new);
        own.put("down", DownCommand::new);
        own.put("check", CheckCommand::new);
        own.put("zone", ZoneCommand::new);
        own.put("tour", TourCommand::new);
        own.put("browse", BrowseCommand::new);
        own.put("enter", EnterCommand::new);
        own.put("leaks", LeaksCommand::new);
        own.put("bench", BenchCommand::new);
        own.put("serve", ServeCommand::new);
        own.put("credentials", CredentialsCommand::new);
        own.put("backup", BackupCommand::new);
        own.put("restore", RestoreCommand::new);
        own.put("capture", CaptureCommand::new);
        own.put("wires", WiresCommand::new);
        own.put("ca", AuthoritiesCommand::new);
        own.put("rpz", PolicyZoneCommand::new);
        own.put("policy", PolicyCommand::new);
        own.put("logs", LogsCommand::new);
        own.put("completion", () -> new CompletionCommand(Kwm::everyOwn));
        own.put("pack", PackCommand::new);
        own.put("warm-up", () -> new WarmUpCommand(Kwm::commands));
        return Collections.unmodifiableMap(own);
    }

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
        if (arguments.length == 0) {
            System.err.print(FIRST_STEPS);
            return ExitStatus.USAGE;
        }
        return commands(arguments).execute(arguments);
    }

    /** The command with the one subcommand that is asked for, or with all of them: to look at every annotation of each takes as long as a small answer. */
    static CommandLine commands(String... arguments) {
        CommandLine kwm = new CommandLine(new Kwm());
        String asked = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        Supplier<?> own = OWN.get(asked);
        if (own != null) {
            kwm.addSubcommand(own.get());
        } else if (OperatorCommands.NAMES.contains(asked)) {
            OperatorCommands.add(asked, kwm);
        } else {
            OWN.values().forEach(each -> kwm.addSubcommand(each.get()));
            OperatorCommands.addAll(kwm);
            CommandGroups.on(kwm);
        }
        // Last, since picocli hands these on to what is there already.
        return HelpStyle.on(kwm).setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(Kwm::explain);
    }

    /** With every command that is no operator's. */
    private static CommandLine everyOwn() {
        CommandLine kwm = new CommandLine(new Kwm());
        OWN.values().forEach(each -> kwm.addSubcommand(each.get()));
        return kwm;
    }

    private static int explain(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (thrown instanceof UsageException wrong) {
            command.getErr().println("kwm: " + wrong.getMessage());
            return ExitStatus.USAGE;
        } else if (thrown instanceof NotRunningException notRunning) {
            command.getErr().println("kwm: " + notRunning.getMessage());
            return ExitStatus.NOT_RUNNING;
        }
        throw thrown;
    }
}
