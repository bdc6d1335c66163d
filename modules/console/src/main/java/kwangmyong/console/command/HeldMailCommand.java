package kwangmyong.console.command;

import java.io.IOException;
import java.util.Optional;
import kwangmyong.access.api.Scope;
import kwangmyong.mail.api.HeldMail;
import kwangmyong.mail.api.HeldMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** An operator's word on a message that is held, after which it is held no more. */
abstract class HeldMailCommand extends ContextCommand {
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
                decide(lab.ports().mail(), id, lab.invocation().operator()).orElseThrow(() -> HeldCommand.none(id));
        return told(lab, message, done() + " the mail of " + message.sender() + " to " + message.recipient());
    }

    /** Empty when no such message is held. */
    abstract Optional<HeldMessage> decide(HeldMail mail, String id, String by) throws IOException;

    /** What was done with it, in a word. */
    abstract String done();

    @Command(
            name = "release",
            header = "Deliver mail that is held.",
            footer = {"", "Examples:", "  release h1a2b3c4d"})
    static final class Release extends HeldMailCommand {
        @Override
        Optional<HeldMessage> decide(HeldMail mail, String id, String by) throws IOException {
            return mail.release(id, by);
        }

        @Override
        String done() {
            return "released";
        }
    }

    @Command(
            name = "refuse",
            header = "Delete mail that is held; nobody is told.",
            footer = {"", "Examples:", "  refuse h1a2b3c4d"})
    static final class Refuse extends HeldMailCommand {
        @Override
        Optional<HeldMessage> decide(HeldMail mail, String id, String by) throws IOException {
            return mail.refuse(id, by);
        }

        @Override
        String done() {
            return "refused";
        }
    }
}
