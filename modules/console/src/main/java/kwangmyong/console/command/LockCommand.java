package kwangmyong.console.command;

import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SubjectView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lock",
        header = "End a subject's sessions, and let them log in nowhere.",
        description = "Open connections are cut within a second. Their seats stay empty until unlock.",
        footer = {"", "Examples:", "  lock trader --reason 'contract ended'"})
final class LockCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "A subject's name.")
    private String subject = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "For the journal and for operators.")
    private String reason = "";

    @Override
    Scope scope() {
        return Scope.PEOPLE;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        SubjectView locked = lab.await(
                lab.operations().lock(subject, reason, lab.invocation().operator()));
        People.show(lab, output, locked, locked.name() + " is locked");
        return CommandInterpreter.FINE;
    }
}
