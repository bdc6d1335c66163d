package kwangmyong.console.command;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kwangmyong.access.api.Visited;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "visits",
        header = "Where somebody at a terminal has been.",
        description = "The latest first; of the last day unless --since and --until say otherwise.",
        footer = {"", "Examples:", "  visits 10.76.10.11", "  visits 10.76.10.11 --since 09:00"})
final class VisitsCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "TERMINAL", description = "A lab address.")
    private String terminal = "";

    @Option(names = "--since", paramLabel = "TIME", description = "Only from this time on.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only before this time.")
    private @Nullable String until;

    @Override
    int run(CommandContext lab) throws IOException {
        lab.requireLive();
        Instant now = lab.ports().clock().now();
        Instant to = until == null ? now : Times.instant(until, now, lab.ports().zone());
        Instant from = since == null
                ? to.minus(Duration.ofDays(1))
                : Times.instant(since, now, lab.ports().zone());
        List<Visited> visits = lab.ports().book().visits(terminal, from, to, BillsCommand.MOST);
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
