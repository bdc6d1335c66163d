package kwangmyong.console.command;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import kwangmyong.access.api.Watch;
import kwangmyong.access.api.Watch.Sign;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        header = "Who looks as if they were trying to get round what is allowed, and why.",
        description = {
            "A score from 0 to 100 for each subject, and each terminal that nobody is at, with what it is made of. It is a hint to look",
            "at the journal and decides nothing. What counted once fades by the lab's clock."
        },
        footer = {"", "Examples:", "  watch", "  watch academic", "  watch --json", "  events --where id=ID"})
final class WatchCommand extends ContextCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "SUBJECT", description = "Only this one, or this terminal.")
    private @Nullable String who;

    @Override
    int run(CommandContext lab) {
        List<Watch> watches = lab.operations().watch().stream()
                .filter(watch -> who == null || who.equals(watch.subject()) || who.equals(watch.terminal()))
                .toList();
        if (output.isJson()) {
            Output.json(lab.invocation(), watches);
            return CommandInterpreter.FINE;
        }
        if (watches.isEmpty()) {
            lab.println(who == null ? "Nobody does anything unusual." : "Nothing unusual.");
        }
        watches.forEach(watch -> print(lab, watch));
        return CommandInterpreter.FINE;
    }

    private static void print(CommandContext lab, Watch watch) {
        ZoneId zone = lab.ports().zone();
        String name = watch.subject() == null ? "nobody" : watch.subject();
        lab.println(String.format(Locale.ROOT, "%3d", watch.score()) + "  "
                + Text.padded(watch.standing().name().toLowerCase(Locale.ROOT), 9) + "  " + Text.shown(name) + " at "
                + Text.shown(watch.terminal()) + ", from " + Text.time(watch.since(), zone) + " to "
                + Text.time(watch.latest(), zone));
        for (Sign sign : watch.signs()) {
            lab.println("     " + String.format(Locale.ROOT, "%3d", sign.points()) + "  " + sign.kind() + ": "
                    + Text.shown(sign.explanation()));
            if (!sign.examples().isEmpty()) {
                lab.println("          such as " + Text.shown(String.join(",", sign.examples())));
            }
        }
    }
}
