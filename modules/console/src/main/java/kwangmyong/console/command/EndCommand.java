package kwangmyong.console.command;

import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SessionView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "end",
        header = "End one session, open connections included.",
        description = "The others at its terminal stay; logout ends them all.",
        footer = {"", "Examples:", "  end 5f3a"})
final class EndCommand extends ContextCommand {
    @Parameters(
            index = "0",
            paramLabel = "SESSION",
            description = "Its id (see: sessions), or so much of its beginning as no other has.")
    private String session = "";

    @Override
    Scope scope() {
        return Scope.SESSIONS;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        SessionView ended =
                lab.await(lab.operations().end(session, lab.invocation().operator()));
        return told(lab, ended, "ended the session of " + ended.subject() + " at " + ended.terminal());
    }
}
