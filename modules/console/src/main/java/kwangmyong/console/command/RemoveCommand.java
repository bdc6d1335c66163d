package kwangmyong.console.command;

import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SubjectView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        header = "Remove a subject who was added.",
        description =
                "With sessions, grants, password and keys. One whom the configuration declares can only be locked.",
        footer = {"", "Examples:", "  remove guest"})
final class RemoveCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "A subject's name.")
    private String subject = "";

    @Override
    Scope scope() {
        return Scope.PEOPLE;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        SubjectView removed = lab.await(
                lab.operations().removeSubject(subject, lab.invocation().operator()));
        People.show(lab, output, removed, removed.name() + " is no more");
        return CommandInterpreter.FINE;
    }
}
