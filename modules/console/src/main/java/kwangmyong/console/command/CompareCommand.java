package kwangmyong.console.command;

import kwangmyong.access.api.PolicyDiff;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        header = "Whose decisions other rules would change.",
        description = {
            "From the rules that were loaded last to those of a lab under lab-configs, or to the lab's own configuration as it is",
            "written now: what a reload would change. Nothing is put in force. *.kcna.kp stands for any other name below kcna.kp.",
            "The exit status is 1 when a decision differs."
        },
        footer = {"", "Examples:", "  compare", "  compare axfr-2016 --verdicts"})
final class CompareCommand extends ContextCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "LAB", description = "A lab under lab-configs, by its name.")
    private @Nullable String name;

    @Option(names = "--verdicts", description = "Only what is allowed and was denied, or the other way round.")
    private boolean verdicts;

    @Override
    int run(CommandContext lab) {
        lab.requireLive();
        PolicyDiff found = lab.ports().control().compare(name);
        PolicyDiff shown = verdicts ? found.ofVerdicts() : found;
        if (output.isJson()) {
            Output.json(lab.invocation(), shown);
        } else {
            PolicyDiffText.of(shown, lab.ports().zone()).forEach(line -> lab.println(Text.shown(line)));
        }
        return shown.isEmpty() ? CommandInterpreter.FINE : CommandInterpreter.FAILED;
    }
}
