package kwangmyong.console.command;

import java.time.ZoneId;
import java.util.List;
import kwangmyong.access.api.SessionView;
import picocli.CommandLine.Command;

@Command(
        name = "sessions",
        header = "Who is where.",
        description = "HELD is what counts at that terminal: clearance and grants, under the attachment's ceiling.",
        footer = {"", "Examples:", "  sessions", "  sessions --json"})
final class SessionsCommand extends ContextCommand {
    @Override
    int run(CommandContext lab) {
        lab.requireLive();
        List<SessionView> sessions = lab.operations().sessions();
        if (output.isJson()) {
            Output.json(lab.invocation(), sessions);
            return CommandInterpreter.FINE;
        }
        ZoneId zone = lab.ports().zone();
        var table = new Table("ID", "SUBJECT", "TERMINAL", "ATTACHMENT", "BY", "SINCE", "UNTIL", "HELD");
        for (SessionView session : sessions) {
            table.row(
                    session.id().substring(0, Math.min(8, session.id().length())),
                    session.subject(),
                    session.terminal(),
                    session.attachment(),
                    session.origin(),
                    Text.time(session.since(), zone),
                    Text.time(session.until(), zone),
                    session.held());
        }
        table.print(lab.invocation(), "Nobody is anywhere.");
        return CommandInterpreter.FINE;
    }
}
