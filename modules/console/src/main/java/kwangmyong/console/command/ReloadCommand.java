package kwangmyong.console.command;

import kwangmyong.access.api.LabControl;
import kwangmyong.access.api.Scope;
import picocli.CommandLine.Command;

@Command(
        name = "reload",
        header = "Read the configuration again.",
        description = {
            "The new rules hold from the moment they are in force; what no longer stands is cut within a second, all else stays open.",
            "A configuration with faults changes nothing: the faults are shown, and the exit status is 2."
        },
        footer = {"", "Examples:", "  reload"})
final class ReloadCommand extends ContextCommand {
    @Override
    Scope scope() {
        return Scope.RULES;
    }

    @Override
    int run(CommandContext lab) {
        lab.requireLive();
        LabControl.Reloaded outcome =
                lab.ports().control().reload(lab.invocation().operator());
        if (output.isJson()) {
            Output.json(lab.invocation(), outcome);
        } else {
            outcome.lines()
                    .forEach(line -> (outcome.isDone()
                                    ? lab.invocation().out()
                                    : lab.invocation().err())
                            .println(Text.shown(line)));
        }
        return outcome.isDone() ? CommandInterpreter.FINE : CommandInterpreter.USAGE;
    }
}
