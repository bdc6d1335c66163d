package kwangmyong.console.command;

import java.util.List;
import java.util.Set;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens;
import kwangmyong.access.api.Tokens.TokenView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "token",
        header = "Make a token for a program, or end one.",
        description = {
            "The token is shown this once; the lab keeps only a hash of it. It does at most what you may, and ends by the machine's clock.",
            "Scopes: read, people, sessions, grants, rules, mail, clock, network, files, admin."
        },
        footer = {
            "",
            "Examples:",
            "  token --scopes read --for 8h --note dashboard",
            "  token --scopes read,sessions --for 30d",
            "  token --revoke t1x2y3"
        })
final class TokenCommand extends ContextCommand {
    @Option(
            names = "--scopes",
            paramLabel = "SCOPES",
            description = "What it may do, between commas. read unless given.")
    private String scopes = "read";

    @Option(names = "--for", paramLabel = "TIME", description = "How long, such as 45m, 8h or 30d. 8h unless given.")
    private String lasting = "8h";

    @Option(names = "--note", paramLabel = "TEXT", description = "What it is for.")
    private String note = "";

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            description = "Whom it acts for; another than yourself needs the scope admin.")
    private @Nullable String operator;

    @Option(names = "--revoke", paramLabel = "TOKEN", description = "End this one; another's needs the scope admin.")
    private @Nullable String revoke;

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        Tokens tokens = lab.ports().tokens();
        String by = lab.invocation().operator();
        if (revoke != null) {
            TokenView ended = lab.await(tokens.revoke(own(lab, tokens, revoke), by));
            return told(lab, ended, "the token " + ended.id() + " of " + ended.operator() + " is no more");
        }
        String whom = operator == null ? by : operator;
        requireAdmin(lab, whom);
        Set<Scope> wanted = Scope.parse(scopes);
        Tokens.Issued issued =
                lab.await(tokens.issue(new Tokens.Request(whom, wanted, Times.duration(lasting), note, by)));
        if (output.isJson()) {
            Output.json(lab.invocation(), issued);
        } else {
            lab.println(issued.token());
            lab.invocation()
                    .err()
                    .println(Text.shown("until "
                            + Text.time(issued.about().until(), lab.ports().zone()) + " for "
                            + String.join(" ", issued.about().scopes())
                            + "; shown this once, end it with: token --revoke "
                            + issued.about().id()));
        }
        return CommandInterpreter.FINE;
    }

    private static String own(CommandContext lab, Tokens tokens, String id) {
        List<TokenView> all = tokens.tokens();
        all.stream()
                .filter(token -> token.id().equals(id))
                .findFirst()
                .ifPresent(token -> requireAdmin(lab, token.operator()));
        return id;
    }

    private static void requireAdmin(CommandContext lab, String whose) {
        Invocation asked = lab.invocation();
        if (!whose.equals(asked.operator()) && !asked.scopes().contains(Scope.ADMIN)) {
            lab.ports().control().outOfScope(asked.operator(), "token", Scope.ADMIN);
            throw new OperationException(
                    "tokens of " + whose + " need the scope admin (held: " + Scope.words(asked.scopes()) + ")");
        }
    }
}
