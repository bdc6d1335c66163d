package kwangmyong.console.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.access.api.LabControl.Part;
import kwangmyong.access.api.Status;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        header = "What runs where, and under which rules.",
        description = "The policy is the hash of the rules in force: the journal names it on every line.",
        footer = {"", "Examples:", "  status", "  status --json"})
final class StatusCommand extends ContextCommand {
    @Override
    int run(CommandContext lab) {
        lab.requireLive();
        Status status = lab.operations().status();
        List<Part> lines = lab.ports().control().parts();
        if (output.isJson()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("access", status);
            all.put("lab", lines);
            Output.json(lab.invocation(), all);
            return CommandInterpreter.FINE;
        }
        Table table = new Table("WHAT", "VALUE")
                .row(
                        "lab time",
                        Text.time(status.now(), lab.ports().zone()) + " "
                                + lab.ports().zone())
                .row("policy", status.policy())
                .row("rules", String.valueOf(status.rules()))
                .row("attachments", String.valueOf(status.attachments()))
                .row("subjects", String.valueOf(status.subjects()))
                .row("sessions", String.valueOf(status.sessions()))
                .row("grants", String.valueOf(status.grants()));
        lines.forEach(line -> table.row(line.name(), line.text()));
        table.print(lab.invocation(), "");
        return CommandInterpreter.FINE;
    }
}
