package kwangmyong.console.command;

import java.io.IOException;
import java.util.List;
import kwangmyong.access.api.Visited;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "visits",
        header = "Where somebody at a terminal has been.",
        description = "The latest first; of the last day unless --since and --until say otherwise.",
        footer = {"", "Examples:", "  visits 10.76.10.11", "  visits 10.76.10.11 --since 09:00"})
final class VisitsCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "TERMINAL", description = "A lab address.")
    private String terminal = "";

    @Mixin
    private final Period period = new Period();

    @Override
    int run(CommandContext lab) throws IOException {
        lab.requireLive();
        List<Visited> visits = lab.ports().book().visits(terminal, period.from(lab), period.to(lab), BillsCommand.MOST);
        if (output.isJson()) {
            Output.json(lab.invocation(), visits);
            return CommandInterpreter.FINE;
        }
        var table = new Table("LAST", "HOST", "ALLOWED", "DENIED");
        for (Visited visit : visits) {
            table.row(
                    Text.time(visit.last(), lab.ports().zone()),
                    visit.host(),
                    String.valueOf(visit.allowed()),
                    String.valueOf(visit.denied()));
        }
        table.print(lab.invocation(), "Nowhere.");
        return CommandInterpreter.FINE;
    }
}
