package kwangmyong.console.command;

import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SubjectView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "unlock",
        header = "Let a locked subject log in again.",
        footer = {"", "Examples:", "  unlock trader"})
final class UnlockCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "A subject's name.")
    private String subject = "";

    @Override
    Scope scope() {
        return Scope.PEOPLE;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        SubjectView unlocked =
                lab.await(lab.operations().unlock(subject, lab.invocation().operator()));
        People.show(lab, output, unlocked, unlocked.name() + " is not locked any more");
        return CommandInterpreter.FINE;
    }
}
