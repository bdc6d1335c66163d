package kwangmyong.console.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The tree of commands. */
final class Commands {
    private Commands() {}

    @Command(
            name = "console",
            header = "The operator's commands.",
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "Each has its own help with examples: help explain.",
                "Exit status: 0 fine, 1 a check failed, 2 bad usage, 3 not running."
            })
    private static final class Root implements Callable<Integer> {
        @Spec
        @Nullable
        CommandSpec spec;

        @Override
        public Integer call() {
            if (spec != null) {
                throw new ParameterException(spec.commandLine(), "no command given");
            }
            return CommandInterpreter.USAGE;
        }
    }

    /**
     * Every command once.
     *
     * @param context null when only the names and options are wanted
     * @param name what stands before the commands in help; may be empty
     */
    static CommandLine tree(@Nullable CommandContext context, String name) {
        CommandLine root = new CommandLine(new Root());
        root.setCommandName(name);
        for (ContextCommand command : all()) {
            if (context != null) {
                command.use(context);
            }
            root.addSubcommand(command);
        }
        root.addSubcommand(new HelpCommand());
        if (name.isEmpty()) {
            // What has no name would leave a gap before the command's.
            root.getSubcommands()
                    .values()
                    .forEach(command -> command.getHelpSectionMap()
                            .put(
                                    UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                                    help -> help.synopsis(help.synopsisHeadingLength())
                                            .stripLeading()));
        }
        return root;
    }

    private static List<ContextCommand> all() {
        return List.of(
                new StatusCommand(),
                new LiveCommand(),
                new SessionsCommand(),
                new LoginCommand(),
                new LogoutCommand(),
                new EndCommand(),
                new ExtendCommand(),
                new SubjectsCommand(),
                new AddCommand(),
                new SubjectCommand.Remove(),
                new PasswordCommand(),
                new KeyCommand(),
                new SubjectCommand.Lock(),
                new SubjectCommand.Unlock(),
                new SlowedCommand(),
                new RulesCommand(),
                new AttachmentsCommand(),
                new ExplainCommand(),
                new CompareCommand(),
                new DenialsCommand(),
                new WatchCommand(),
                new GrantsCommand(),
                new GrantCommand(),
                new RevokeCommand(),
                new HeldCommand(),
                new HeldMailCommand.Release(),
                new HeldMailCommand.Refuse(),
                new EventsCommand(),
                new VerifyCommand(),
                new BillsCommand(),
                new VisitsCommand(),
                new ClockCommand(),
                new BorderCommand(),
                new ReloadCommand(),
                new TokensCommand(),
                new TokenCommand());
    }
}
