package kwangmyong.console.command;

import java.util.List;
import kwangmyong.access.api.GrantView;
import picocli.CommandLine.Command;

@Command(
        name = "grants",
        header = "Who has more clearance for a while.",
        footer = {"", "Examples:", "  grants", "  grants --json"})
final class GrantsCommand extends ContextCommand {
    @Override
    int run(CommandContext lab) {
        lab.requireLive();
        List<GrantView> grants = lab.operations().grants();
        if (output.isJson()) {
            Output.json(lab.invocation(), grants);
            return CommandInterpreter.FINE;
        }
        var table = new Table("ID", "SUBJECT", "ADDED", "UNTIL", "BY", "REASON");
        for (GrantView grant : grants) {
            table.row(
                    grant.id(),
                    grant.subject(),
                    grant.added(),
                    Text.time(grant.until(), lab.ports().zone()),
                    grant.by(),
                    grant.reason());
        }
        table.print(lab.invocation(), "Nobody has been granted anything.");
        return CommandInterpreter.FINE;
    }
}
