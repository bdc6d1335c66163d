package kwangmyong.console.command;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import kwangmyong.access.api.Scope;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "clock",
        header = "Show the lab's clock, or move it forward.",
        description = {
            "Rules with hours open and close, sessions and grants end, as if so much time had passed. It never goes back.",
            "Times are the lab's own: 2016-09-20 (its first moment), 2016-09-20T10:00, 2016-09-20T10:00:00Z or 18:00 (today)."
        },
        footer = {"", "Examples:", "  clock", "  clock --to 2016-09-20T10:00", "  clock --by 2h"})
final class ClockCommand extends ContextCommand {
    @Option(names = "--to", paramLabel = "TIME", description = "Move it to a later time.")
    private @Nullable String to;

    @Option(
            names = "--by",
            paramLabel = "TIME",
            description = "Move it forward by so many seconds, or such as 45m, 2h or 1d12h.")
    private @Nullable String by;

    @Override
    Scope scope() {
        return to == null && by == null ? Scope.READ : Scope.CLOCK;
    }

    @Override
    int run(CommandContext lab) {
        lab.requireLive();
        if (to != null && by != null) {
            throw new IllegalArgumentException("--to and --by are two ways to say one thing");
        }
        Instant now = lab.ports().clock().now();
        if (to != null || by != null) {
            Instant target = target(lab, now);
            if (target.isBefore(now)) {
                throw new IllegalArgumentException("the lab's clock goes forward only: it is " + shown(lab, now));
            }
            lab.ports().control().moveClock(target, lab.invocation().operator());
        }
        String shown = shown(lab, lab.ports().clock().now());
        if (output.isJson()) {
            Output.json(lab.invocation(), Map.of("now", shown));
        } else {
            lab.println(shown);
        }
        return CommandInterpreter.FINE;
    }

    private Instant target(CommandContext lab, Instant now) {
        if (to != null) {
            return Times.instant(to, now, lab.ports().zone());
        }
        String span = String.valueOf(by);
        return now.plus(span.matches("\\d{1,10}") ? Duration.ofSeconds(Long.parseLong(span)) : Times.duration(span));
    }

    /** With the zone's offset, so that it may be given back as it is. */
    private static String shown(CommandContext lab, Instant time) {
        return time.atZone(lab.ports().zone())
                .truncatedTo(ChronoUnit.SECONDS)
                .toOffsetDateTime()
                .toString();
    }
}
