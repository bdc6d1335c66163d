package kwangmyong.console.command;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From when to when: the last day unless something else is said. */
final class Period {
    private static final Duration USUAL = Duration.ofDays(1);

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only from this time on (default: a day before the end).")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only before this time (default: now).")
    private @Nullable String until;

    Instant from(CommandContext lab) {
        return since == null ? to(lab).minus(USUAL) : instant(lab, since);
    }

    Instant to(CommandContext lab) {
        return until == null ? lab.ports().clock().now() : instant(lab, until);
    }

    private static Instant instant(CommandContext lab, String text) {
        return Times.instant(text, lab.ports().clock().now(), lab.ports().zone());
    }
}
