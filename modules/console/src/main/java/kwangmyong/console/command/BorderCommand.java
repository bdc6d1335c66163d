package kwangmyong.console.command;

import java.time.Duration;
import java.util.stream.Stream;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Scope;
import kwangmyong.border.api.Border;
import kwangmyong.border.api.BorderView;
import kwangmyong.border.api.Condition;
import kwangmyong.border.api.Quantities;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "border",
        header = "What passes between inside and world; hold it up.",
        description = {
            "Without options: counts of flows and packets, and the conditions in force.",
            "With --delay, --jitter, --loss or --rate a condition is set, of the link or of one attachment; what is not said is not done.",
            "It is there in isolated mode, where the lab has a world."
        },
        footer = {
            "",
            "Examples:",
            "  border",
            "  border --delay 80ms --jitter 10ms --loss 0.5%%",
            "  border --attachment hotel --delay 300ms --rate 512kbit",
            "  border --clear",
            "  border --reset --seed 7"
        })
final class BorderCommand extends ContextCommand {
    @Option(names = "--delay", paramLabel = "TIME", description = "Of each packet, each way: 80ms.")
    private @Nullable String delay;

    @Option(names = "--jitter", paramLabel = "TIME", description = "By how much a delay differs at most.")
    private @Nullable String jitter;

    @Option(names = "--loss", paramLabel = "SHARE", description = "Of packets that vanish: 0.5%%.")
    private @Nullable String loss;

    @Option(names = "--rate", paramLabel = "RATE", description = "Bits a second: 512kbit, 2Mbit.")
    private @Nullable String rate;

    @Option(names = "--clear", description = "Nothing is held up any more.")
    private boolean clear;

    @Option(names = "--attachment", paramLabel = "NAME", description = "Whose packets; else every one's.")
    private @Nullable String attachment;

    @Option(names = "--reset", description = "Forget flows, packets that are held up, and counts.")
    private boolean reset;

    @Option(names = "--seed", paramLabel = "N", description = "Of chance after a reset; default 1.")
    private long seed = 1;

    @Override
    Scope scope() {
        return clear || reset || sets() ? Scope.NETWORK : Scope.READ;
    }

    @Override
    int run(CommandContext lab) {
        lab.requireLive();
        Border border = lab.ports().border();
        if (border == null) {
            throw new OperationException("there is no border: it is there in isolated mode, where the lab has a world");
        }
        if (clear && sets()) {
            throw new IllegalArgumentException("--clear and a condition are two things to say");
        }
        if (clear || sets()) {
            set(border, condition());
        }
        if (reset) {
            border.reset(seed);
        }
        show(lab, border.view());
        return CommandInterpreter.FINE;
    }

    private boolean sets() {
        return Stream.of(delay, jitter, loss, rate).anyMatch(given -> given != null);
    }

    private void set(Border border, Condition condition) {
        if (attachment == null) {
            border.condition(condition);
        } else {
            border.condition(attachment, condition);
        }
    }

    private Condition condition() {
        return new Condition(
                delay == null ? Duration.ZERO : Quantities.time(delay),
                jitter == null ? Duration.ZERO : Quantities.time(jitter),
                loss == null ? 0 : Quantities.share(loss),
                rate == null ? 0 : Quantities.rate(rate));
    }

    private void show(CommandContext lab, BorderView view) {
        if (output.isJson()) {
            Output.json(lab.invocation(), view);
            return;
        }
        Table table = new Table("WHAT", "VALUE")
                .row("flows", view.flows() + " of " + view.mostFlows() + ", " + view.begun() + " begun")
                .row("from inside", view.outward() + " packets")
                .row("from the world", view.inward() + " packets")
                .row("passed", view.passed() + " packets")
                .row("held up", view.held() + " packets");
        view.dropped().forEach((why, packets) -> table.row(why, packets + " packets"));
        view.conditions().forEach((name, condition) -> table.row(name, condition.words()));
        table.print(lab.invocation(), "");
    }
}
