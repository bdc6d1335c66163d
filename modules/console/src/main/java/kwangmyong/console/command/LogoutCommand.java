package kwangmyong.console.command;

import java.util.LinkedHashMap;
import java.util.Map;
import kwangmyong.access.api.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "logout",
        header = "End the session at a terminal.",
        description =
                "What the session allowed is cut within a second, open connections included. Exit status 1 when nobody was there.",
        footer = {"", "Examples:", "  logout 10.76.10.11"})
final class LogoutCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "TERMINAL", description = "A lab address (see: sessions).")
    private String terminal = "";

    @Override
    Scope scope() {
        return Scope.SESSIONS;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        boolean was =
                lab.await(lab.operations().logOut(terminal, lab.invocation().operator()));
        if (output.isJson()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("terminal", terminal);
            answer.put("ended", was);
            Output.json(lab.invocation(), answer);
        } else {
            lab.println(Text.shown((was ? "the session ended at " : "nobody was logged in at ") + terminal));
        }
        return was ? CommandInterpreter.FINE : CommandInterpreter.FAILED;
    }
}
