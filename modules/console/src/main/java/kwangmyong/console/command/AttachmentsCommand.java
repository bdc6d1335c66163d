package kwangmyong.console.command;

import java.util.List;
import kwangmyong.access.api.AttachmentView;
import picocli.CommandLine.Command;

@Command(
        name = "attachments",
        header = "Where terminals are plugged in.",
        footer = {"", "Examples:", "  attachments", "  attachments --json"})
final class AttachmentsCommand extends ContextCommand {
    @Override
    int run(CommandContext lab) {
        List<AttachmentView> attachments = lab.operations().attachments();
        if (output.isJson()) {
            Output.json(lab.invocation(), attachments);
            return CommandInterpreter.FINE;
        }
        var table = new Table("NAME", "RANGES", "CEILING", "LOG-IN", "MINUTES", "USD/HOUR");
        for (AttachmentView place : attachments) {
            table.row(
                    place.name(),
                    String.join(", ", place.ranges()),
                    place.ceiling(),
                    place.logIn(),
                    place.minutes() == null ? "-" : String.valueOf(place.minutes()),
                    place.usdPerHour() == null ? "-" : place.usdPerHour().toPlainString());
        }
        table.print(lab.invocation(), "There is no attachment.");
        return CommandInterpreter.FINE;
    }
}
