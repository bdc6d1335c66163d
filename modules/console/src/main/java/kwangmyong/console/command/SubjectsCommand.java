package kwangmyong.console.command;

import java.util.List;
import kwangmyong.access.api.SubjectView;
import picocli.CommandLine.Command;

@Command(
        name = "subjects",
        header = "Who there is, and what each may hold.",
        footer = {"", "Examples:", "  subjects", "  subjects --json"})
final class SubjectsCommand extends ContextCommand {
    @Override
    int run(CommandContext lab) {
        List<SubjectView> subjects = lab.operations().subjects();
        if (output.isJson()) {
            Output.json(lab.invocation(), subjects);
            return CommandInterpreter.FINE;
        }
        var table = new Table("SUBJECT", "WHO", "CLEARANCE", "SEATS", "MAILBOX", "NOW AT", "LOCKED");
        for (SubjectView subject : subjects) {
            table.row(
                    subject.name(),
                    subject.description(),
                    subject.clearance(),
                    list(subject.seats()),
                    subject.mailbox(),
                    list(subject.terminals()),
                    subject.lock() == null ? "-" : "by " + subject.lock().by());
        }
        table.print(lab.invocation(), "No subject is declared.");
        return CommandInterpreter.FINE;
    }

    private static String list(List<String> items) {
        return items.isEmpty() ? "-" : String.join(", ", items);
    }
}
