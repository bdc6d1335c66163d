package kwangmyong.console.command;

import java.util.List;
import kwangmyong.access.api.RuleView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "rules",
        header = "The rules in force; one of them with every name.",
        footer = {"", "Examples:", "  rules", "  rules library-reading"})
final class RulesCommand extends ContextCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "RULE", description = "A rule's id; else all of them.")
    private @Nullable String id;

    @Override
    int run(CommandContext lab) {
        List<RuleView> rules =
                id == null ? lab.operations().rules() : lab.operations().rule(id);
        if (output.isJson()) {
            Output.json(lab.invocation(), rules);
            return CommandInterpreter.FINE;
        }
        var table = new Table("ID", "EFFECT", "NEEDED", "WHO", "WHERE", "WHEN", "NAMES");
        for (RuleView rule : rules) {
            table.row(
                    rule.id(),
                    rule.effect(),
                    rule.needed(),
                    rule.withoutLogIn() ? "nobody" : list(rule.subjects()),
                    list(rule.attachments()),
                    rule.hours() == null ? "-" : rule.hours(),
                    list(rule.names())
                            + (rule.nameCount() > rule.names().size() ? ", … " + rule.nameCount() + " in all" : ""));
        }
        table.print(lab.invocation(), "There is no rule: everything is denied.");
        return CommandInterpreter.FINE;
    }

    private static String list(List<String> items) {
        return items.isEmpty() ? "-" : String.join(", ", items);
    }
}
