package kwangmyong.console.command;

import java.io.IOException;
import java.util.List;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Scope;
import kwangmyong.mail.api.HeldHeaders;
import kwangmyong.mail.api.HeldMessage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "held",
        header = "The mail that waits for an operator; of one message the header.",
        description = {
            "Mail is held where the rules would refuse it and the lab says mail: held. release delivers it, refuse deletes it.",
            "What a message says is not shown, only its header."
        },
        footer = {"", "Examples:", "  held", "  held h1a2b3c4d"})
final class HeldCommand extends ContextCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "HELD", description = "A message's id; else all of them.")
    private @Nullable String id;

    @Override
    Scope scope() {
        return Scope.MAIL;
    }

    @Override
    int run(CommandContext lab) throws IOException {
        lab.requireLive();
        if (id != null) {
            show(lab, id);
            return CommandInterpreter.FINE;
        }
        List<HeldMessage> held = lab.ports().mail().held();
        if (output.isJson()) {
            Output.json(lab.invocation(), held);
            return CommandInterpreter.FINE;
        }
        var table = new Table("ID", "SINCE", "FROM", "TO", "OCTETS", "SUBJECT");
        for (HeldMessage message : held) {
            table.row(
                    message.id(),
                    Text.time(message.since(), lab.ports().zone()),
                    message.sender(),
                    message.recipient(),
                    String.valueOf(message.octets()),
                    message.subject());
        }
        table.print(lab.invocation(), "No mail is held.");
        return CommandInterpreter.FINE;
    }

    private void show(CommandContext lab, String wanted) throws IOException {
        HeldHeaders message = lab.ports().mail().headers(wanted).orElseThrow(() -> none(wanted));
        if (output.isJson()) {
            Output.json(lab.invocation(), message);
        } else {
            message.headers().forEach(line -> lab.println(Text.shown(line)));
        }
    }

    static OperationException none(String id) {
        return OperationException.missing("no mail '" + id + "' is held");
    }
}
