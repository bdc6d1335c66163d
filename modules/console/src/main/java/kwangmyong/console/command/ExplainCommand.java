package kwangmyong.console.command;

import java.time.Instant;
import kwangmyong.access.api.ExplainRequest;
import kwangmyong.access.api.Explanation;
import kwangmyong.access.api.LayerDecision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        header = "What every layer decides, and why.",
        description = {
            "TARGET is a name, a URL, an address, NAME:PORT or a mailbox. Each layer that would see the request answers with its rule,",
            "its reason, what was needed, what is held, and how the answer looks on the wire.",
            "Where the subject is not at the terminal, this is what would be decided were they there."
        },
        footer = {
            "",
            "Examples:",
            "  explain academic namsan.aca.kp",
            "  explain academic https://dailynk.com/ --at 23:30",
            "  explain resident trader@silibank.net.kp",
            "  explain delegate wikipedia.org --terminal 10.76.60.11",
            "  explain nobody kcna.kp --terminal cafe"
        })
final class ExplainCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "A subject's name, or nobody.")
    private String subject = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "What they ask for.")
    private String target = "";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "By the lab's clock, such as 18:00 or 2026-03-01T18:00. Now unless given.")
    private @Nullable String at;

    @Option(
            names = "--terminal",
            paramLabel = "TERMINAL",
            description =
                    "A lab address, or an attachment's name. Where the subject is, sits or could log in unless given.")
    private @Nullable String terminal;

    @Override
    int run(CommandContext lab) {
        Instant when = at == null
                ? null
                : Times.instant(at, lab.ports().clock().now(), lab.ports().zone());
        Explanation explanation = lab.operations().explain(new ExplainRequest(subject, target, terminal, when));
        if (output.isJson()) {
            Output.json(lab.invocation(), explanation);
        } else {
            print(lab, explanation);
        }
        return CommandInterpreter.FINE;
    }

    private static void print(CommandContext lab, Explanation explanation) {
        String who = explanation.subject() == null ? "nobody" : explanation.subject();
        String place = explanation.attachment() == null ? "no attachment" : explanation.attachment();
        lab.println(Text.shown(explanation.target() + " for " + who + " at " + explanation.terminal() + " (" + place
                + "), " + Text.time(explanation.at(), lab.ports().zone())
                + (explanation.present() ? "" : "; not there now")));
        lab.println(Text.shown("holds " + (explanation.held() == null ? "nothing" : explanation.held()) + ", policy "
                + explanation.policy()));
        lab.println("");
        var table = new Table("LAYER", "ACTION", "RESOURCE", "VERDICT", "RULE", "REASON", "NEEDED", "LOOKS LIKE");
        for (LayerDecision decision : explanation.decisions()) {
            table.row(
                    decision.layer(),
                    decision.action(),
                    decision.resource(),
                    decision.verdict(),
                    decision.rule(),
                    decision.explanation(),
                    decision.needed(),
                    decision.presentation());
        }
        table.print(lab.invocation(), "No layer sees this.");
    }
}
