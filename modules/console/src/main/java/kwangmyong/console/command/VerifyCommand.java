package kwangmyong.console.command;

import java.io.IOException;
import kwangmyong.access.api.JournalCheck;
import picocli.CommandLine.Command;

@Command(
        name = "verify",
        header = "Check that no line of the journal is missing, altered or cut off.",
        description = {
            "Every line carries the hash of the one before, and the last one known stands in a signed checkpoint outside the file.",
            "Exit status 1 when something does not fit."
        },
        footer = {"", "Examples:", "  verify", "  verify --json"})
final class VerifyCommand extends ContextCommand {
    @Override
    int run(CommandContext lab) throws IOException {
        JournalCheck check = lab.ports().journal().verify();
        if (output.isJson()) {
            Output.json(lab.invocation(), check);
        } else {
            lab.println(check.lines() + " lines; " + check.checkpoint().explanation());
            if (check.fault() != null) {
                lab.println("line " + check.faultLine() + ": " + Text.shown(check.fault()));
            }
            if (check.tornBytes() > 0) {
                lab.println(check.tornBytes() + " bytes of a line that is being written, or was when the lab ended");
            }
            lab.println(check.isWhole() ? "The journal is whole." : "The journal is NOT whole.");
        }
        return check.isWhole() ? CommandInterpreter.FINE : CommandInterpreter.FAILED;
    }
}
