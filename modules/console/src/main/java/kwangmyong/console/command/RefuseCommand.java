package kwangmyong.console.command;

import java.io.IOException;
import kwangmyong.access.api.Scope;
import kwangmyong.mail.api.HeldMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "refuse",
        header = "Delete mail that is held; nobody is told.",
        footer = {"", "Examples:", "  refuse h1a2b3c4d"})
final class RefuseCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "HELD", description = "A message's id (see: held).")
    private String id = "";

    @Override
    Scope scope() {
        return Scope.MAIL;
    }

    @Override
    int run(CommandContext lab) throws IOException {
        lab.requireLive();
        HeldMessage message =
                lab.ports().mail().refuse(id, lab.invocation().operator()).orElseThrow(() -> HeldCommand.none(id));
        if (output.isJson()) {
            Output.json(lab.invocation(), message);
        } else {
            lab.println(Text.shown("refused the mail of " + message.sender() + " to " + message.recipient()));
        }
        return CommandInterpreter.FINE;
    }
}
