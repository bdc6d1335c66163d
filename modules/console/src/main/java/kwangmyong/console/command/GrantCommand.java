package kwangmyong.console.command;

import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "grant",
        header = "Give a subject more clearance for a while.",
        description = {
            "WORDS is a level, compartments, or both joined by +. What is added counts at once, in every layer, within the ceiling of the",
            "attachment where the subject is; it ends by itself, and what it opened is cut then."
        },
        footer = {
            "",
            "Examples:",
            "  grant delegate world --for 2h --reason 'delegation evening'",
            "  grant trader official+directory --for 30m --reason 'contract'"
        })
final class GrantCommand extends ContextCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "A subject's name.")
    private String subject = "";

    @Parameters(index = "1", paramLabel = "WORDS", description = "What to add, such as world or official+directory.")
    private String words = "";

    @Option(names = "--for", required = true, paramLabel = "TIME", description = "How long, such as 45m, 2h or 1d12h.")
    private String lasting = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it stands in the journal.")
    private String reason = "";

    @Override
    Scope scope() {
        return Scope.GRANTS;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        var request = new GrantRequest(
                subject,
                words,
                Times.duration(lasting),
                reason,
                lab.invocation().operator());
        GrantView grant = lab.await(lab.operations().grant(request));
        return told(
                lab,
                grant,
                "granted " + grant.added() + " to " + grant.subject() + " until "
                        + Text.time(grant.until(), lab.ports().zone()) + "; take it back with: revoke " + grant.id());
    }
}
