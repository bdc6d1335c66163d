package kwangmyong.console.command;

import java.util.List;
import kwangmyong.access.api.DenialView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "denials",
        header = "The latest denials of a subject, or at a terminal.",
        description =
                "Newest first; so many as the lab keeps in memory. All of them are in the journal: events --where verdict=deny",
        footer = {"", "Examples:", "  denials academic", "  denials 10.76.10.11"})
final class DenialsCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT|TERMINAL", description = "A subject's name, or a lab address.")
    private String whose = "";

    @Override
    int run(CommandContext lab) {
        lab.requireLive();
        boolean isTerminal = whose.contains(":") || whose.matches("[0-9.]+");
        List<DenialView> denials = isTerminal
                ? lab.operations().denialsAt(whose)
                : lab.operations().denialsOf(whose);
        if (output.isJson()) {
            Output.json(lab.invocation(), denials);
            return CommandInterpreter.FINE;
        }
        var table = new Table("LAST", "TIMES", "SUBJECT", "TERMINAL", "LAYER", "RESOURCE", "RULE", "REASON", "NEEDED");
        for (DenialView denial : denials) {
            table.row(
                    Text.time(denial.time(), lab.ports().zone()),
                    String.valueOf(denial.count()),
                    denial.subject(),
                    denial.terminal(),
                    denial.decision().layer(),
                    denial.decision().resource(),
                    denial.decision().rule(),
                    denial.decision().explanation(),
                    denial.decision().needed());
        }
        table.print(lab.invocation(), "Nothing was denied lately.");
        return CommandInterpreter.FINE;
    }
}
