package kwangmyong.console.command;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalView;
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
        boolean shows = lab.invocation().isTerminal() && !output.isJson();
        JournalCheck check = lab.ports().journal().verify(shows ? progress(lab) : JournalView.Progress.NONE);
        if (shows) {
            lab.invocation().out().print("\r\u001b[K");
        }
        if (output.isJson()) {
            Output.json(lab.invocation(), check);
        } else {
            check.chains().forEach(chain -> print(lab, chain, check.chains().size() > 1));
            lab.println(check.isWhole() ? "The journal is whole." : "The journal is NOT whole.");
        }
        return check.isWhole() ? CommandInterpreter.FINE : CommandInterpreter.FAILED;
    }

    /** On a terminal, how far it is; parts that are checked at the same time tell one after another. */
    private static JournalView.Progress progress(CommandContext lab) {
        var shown = new AtomicLong(-1);
        return (done, of) -> {
            long percent = of == 0 ? 100 : Math.min(100, 100 * done / of);
            if (shown.getAndAccumulate(percent, Math::max) < percent) {
                lab.invocation().out().print("\rchecking: " + percent + " %");
                lab.invocation().out().flush();
            }
        };
    }

    private static void print(CommandContext lab, JournalCheck.Chain chain, boolean isOneOfSeveral) {
        String whose = isOneOfSeveral ? chain.process() + ": " : "";
        String where = chain.segments() > 1 ? " in " + chain.segments() + " files" : "";
        lab.println(whose + chain.lines() + " lines" + where + "; "
                + chain.checkpoint().explanation());
        if (chain.letGo() > 0) {
            lab.println(chain.letGo() + " lines before them were let go, as a signed note says");
        }
        chain.faults().forEach(fault -> lab.println(Text.shown(fault.toString())));
        if (chain.faultsInAll() > chain.faults().size()) {
            lab.println("and " + (chain.faultsInAll() - chain.faults().size()) + " more that do not fit");
        }
        if (chain.tornBytes() > 0) {
            lab.println(chain.tornBytes() + " bytes of a line that is being written, or was when the lab ended");
        }
    }
}
