package kwangmyong.console.command;

import java.time.ZoneId;
import java.util.List;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens.TokenView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tokens",
        header = "The tokens that programs use at the API.",
        description =
                "Your own; with --all everybody's, which needs the scope admin. Times are the machine's, not the lab's.",
        footer = {"", "Examples:", "  tokens", "  tokens --all --json"})
final class TokensCommand extends ContextCommand {
    @Option(names = "--all", description = "Everybody's.")
    private boolean all;

    @Override
    Scope scope() {
        return all ? Scope.ADMIN : Scope.READ;
    }

    @Override
    int run(CommandContext lab) {
        lab.requireLive();
        String own = lab.invocation().operator();
        List<TokenView> tokens = lab.ports().tokens().tokens().stream()
                .filter(token -> all || token.operator().equals(own))
                .toList();
        if (output.isJson()) {
            Output.json(lab.invocation(), tokens);
            return CommandInterpreter.FINE;
        }
        ZoneId zone = lab.ports().zone();
        var table = new Table("ID", "OPERATOR", "SCOPES", "SINCE", "UNTIL", "LAST USED", "NOTE");
        for (TokenView token : tokens) {
            table.row(
                    token.id(),
                    token.operator(),
                    String.join(" ", token.scopes()),
                    Text.time(token.since(), zone),
                    Text.time(token.until(), zone),
                    Text.time(token.lastUsed(), zone),
                    token.note());
        }
        table.print(lab.invocation(), "There is no token.");
        return CommandInterpreter.FINE;
    }
}
