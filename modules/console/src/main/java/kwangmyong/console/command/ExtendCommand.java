package kwangmyong.console.command;

import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SessionView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "extend",
        header = "Let a session last longer than all that would have ended it.",
        footer = {"", "Examples:", "  extend 5f3a --for 30m"})
final class ExtendCommand extends ContextCommand {
    @Parameters(
            index = "0",
            paramLabel = "SESSION",
            description = "Its id (see: sessions), or so much of its beginning as no other has.")
    private String session = "";

    @Option(names = "--for", required = true, paramLabel = "TIME", description = "How much longer, such as 45m or 2h.")
    private String longer = "";

    @Override
    Scope scope() {
        return Scope.SESSIONS;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        SessionView extended = lab.await(lab.operations()
                .extend(session, Times.duration(longer), lab.invocation().operator()));
        return told(
                lab,
                extended,
                "the session of " + extended.subject() + " at " + extended.terminal() + " lasts until "
                        + Text.time(extended.until(), lab.ports().zone()));
    }
}
