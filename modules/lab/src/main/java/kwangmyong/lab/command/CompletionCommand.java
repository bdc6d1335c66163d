package kwangmyong.lab.command;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import kwangmyong.console.command.CommandInterpreter;
import kwangmyong.lab.choice.LabNames;
import kwangmyong.lab.outcome.ExitStatus;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "completion",
        header = "Print what makes Bash complete kwm at the Tab key.",
        description = "Commands, options, labs. Zsh takes it after: autoload -U +X bashcompinit && bashcompinit",
        mixinStandardHelpOptions = true,
        exitCodeList = "0:fine",
        footer = {"  source <(kwm completion)", "  kwm completion > ~/.local/share/bash-completion/completions/kwm"})
public final class CompletionCommand implements Callable<Integer> {
    private final Supplier<CommandLine> own;

    /** @param own {@code kwm} with all of its commands that are no operators' */
    public CompletionCommand(Supplier<CommandLine> own) {
        this.own = own;
    }

    @Override
    public Integer call() {
        System.out.print(script());
        return ExitStatus.FINE;
    }

    String script() {
        CommandLine kwm = own.get();
        CommandInterpreter.model("kwm").getSubcommands().forEach((name, command) -> {
            if (OperatorCommands.NAMES.contains(name)) {
                command.getCommandSpec()
                        .addOption(CommandLine.Model.OptionSpec.builder("--lab")
                                .type(String.class)
                                .completionCandidates(new LabNames())
                                .build());
                kwm.addSubcommand(name, command);
            }
        });
        return AutoComplete.bash("kwm", kwm);
    }
}
