package kwangmyong.console.command;

import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        header = "Take a grant back now.",
        description = "What only the grant allowed is cut within a second, open connections included.",
        footer = {"", "Examples:", "  revoke delegate", "  revoke g-4"})
final class RevokeCommand extends ContextCommand {
    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "A grant's id (see: grants), or a subject who has exactly one.")
    private String id = "";

    @Override
    Scope scope() {
        return Scope.GRANTS;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        GrantView grant = lab.await(lab.operations().revoke(id, lab.invocation().operator()));
        return told(lab, grant, "took " + grant.added() + " back from " + grant.subject());
    }
}
