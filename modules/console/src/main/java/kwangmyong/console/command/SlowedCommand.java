package kwangmyong.console.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SlowedView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "slowed",
        header = "Who must wait since too many log-ins failed.",
        description = "Names and addresses, operators' names too. --forgive forgets the failures of one.",
        footer = {"", "Examples:", "  slowed", "  slowed --forgive 10.76.10.11"})
final class SlowedCommand extends ContextCommand {
    @Option(names = "--forgive", paramLabel = "WHO", description = "A name or an address.")
    private @Nullable String forgiven;

    @Override
    Scope scope() {
        return forgiven == null ? Scope.READ : Scope.PEOPLE;
    }

    @Override
    int run(CommandContext lab) throws Exception {
        lab.requireLive();
        if (forgiven != null) {
            return forgive(lab, forgiven);
        }
        List<SlowedView> slowed = lab.operations().slowed();
        if (output.isJson()) {
            Output.json(lab.invocation(), slowed);
            return CommandInterpreter.FINE;
        }
        var table = new Table("KIND", "WHO", "FAILURES", "WAITS");
        slowed.forEach(
                one -> table.row(one.kind(), one.who(), String.valueOf(one.failures()), one.waitSeconds() + " s"));
        table.print(lab.invocation(), "Nobody has to wait.");
        return CommandInterpreter.FINE;
    }

    private int forgive(CommandContext lab, String who) throws Exception {
        boolean was = lab.await(lab.operations().forgive(who, lab.invocation().operator()));
        if (output.isJson()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("who", who);
            answer.put("forgiven", was);
            Output.json(lab.invocation(), answer);
        } else {
            lab.println(Text.shown((was ? "forgot the failures of " : "there were no failures of ") + who));
        }
        return was ? CommandInterpreter.FINE : CommandInterpreter.FAILED;
    }
}
