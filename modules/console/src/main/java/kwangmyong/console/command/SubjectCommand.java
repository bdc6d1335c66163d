package kwangmyong.console.command;

import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SubjectView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A change of one subject as a whole. */
abstract class SubjectCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "A subject's name.")
    private String subject = "";

    @Override
    Scope scope() {
        return Scope.PEOPLE;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        SubjectView changed =
                lab.await(change(lab.operations(), subject, lab.invocation().operator()));
        return told(lab, changed, changed.name() + " " + now());
    }

    abstract CompletionStage<SubjectView> change(Operations operations, String subject, String by);

    /** How things are with the subject then. */
    abstract String now();

    @Command(
            name = "remove",
            header = "Remove a subject who was added.",
            description =
                    "With sessions, grants, password and keys. One whom the configuration declares can only be locked.",
            footer = {"", "Examples:", "  remove guest"})
    static final class Remove extends SubjectCommand {
        @Override
        CompletionStage<SubjectView> change(Operations operations, String subject, String by) {
            return operations.removeSubject(subject, by);
        }

        @Override
        String now() {
            return "is no more";
        }
    }

    @Command(
            name = "lock",
            header = "End a subject's sessions, and let them log in nowhere.",
            description = "Open connections are cut within a second. Their seats stay empty until unlock.",
            footer = {"", "Examples:", "  lock trader --reason 'contract ended'"})
    static final class Lock extends SubjectCommand {
        @Option(names = "--reason", paramLabel = "TEXT", description = "For the journal and for operators.")
        private String reason = "";

        @Override
        CompletionStage<SubjectView> change(Operations operations, String subject, String by) {
            return operations.lock(subject, reason, by);
        }

        @Override
        String now() {
            return "is locked";
        }
    }

    @Command(
            name = "unlock",
            header = "Let a locked subject log in again.",
            footer = {"", "Examples:", "  unlock trader"})
    static final class Unlock extends SubjectCommand {
        @Override
        CompletionStage<SubjectView> change(Operations operations, String subject, String by) {
            return operations.unlock(subject, by);
        }

        @Override
        String now() {
            return "is not locked any more";
        }
    }
}
