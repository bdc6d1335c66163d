package kwangmyong.console.command;

import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SessionView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "login",
        header = "Put a subject at a terminal, without a password.",
        description = "As if they had logged in at the portal there. Someone else's session at that terminal ends.",
        footer = {"", "Examples:", "  login resident 10.76.10.11", "  login delegate 10.76.60.11"})
final class LoginCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "A subject's name.")
    private String subject = "";

    @Parameters(index = "1", paramLabel = "TERMINAL", description = "A lab address.")
    private String terminal = "";

    @Override
    Scope scope() {
        return Scope.SESSIONS;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        SessionView session = lab.await(
                lab.operations().logIn(subject, terminal, lab.invocation().operator()));
        return told(
                lab,
                session,
                session.subject() + " is at " + session.terminal() + " and holds "
                        + (session.held() == null ? "nothing" : session.held()) + " there");
    }
}
