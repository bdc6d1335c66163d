package kwangmyong.lab;

import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.lab.config.Times;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "clock",
        description = {
            "Show the lab's clock, or move it forward: rules with hours open and close, sessions and grants end.",
            "Times are the lab's own: 2016-09-20, 2016-09-20T10:00 or 2016-09-20T10:00:00Z."
        },
        mixinStandardHelpOptions = true)
final class ClockCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Option(names = "--to", paramLabel = "TIME", description = "move it to a later time")
    @Nullable
    String to;

    @Option(names = "--by", paramLabel = "SECONDS", description = "move it forward by so many seconds")
    @Nullable
    Long by;

    @Override
    public Integer call() {
        List<String> line = new ArrayList<>(List.of(RunningLab.CLOCK));
        if (to != null && by != null) {
            throw new UsageException("--to and --by are two ways to say one thing");
        }
        if (to != null) {
            line.addAll(List.of("to", to));
        } else if (by != null) {
            line.addAll(List.of("by", by.toString()));
        }
        return new ControlClient(choice.state().run())
                .run(line, Screen.PIPE, System.out, System.err)
                .orElseThrow(() -> new LabChoice.NotRunningException(choice.lab));
    }

    /** The lab's side. */
    static int inLab(Lab lab, List<String> arguments, PrintStream out, PrintStream err) {
        try {
            if (arguments.size() == 2) {
                Instant target = target(lab, arguments.get(0), arguments.get(1));
                if (target.isBefore(lab.clock().now())) {
                    err.println("kwm: the lab's clock goes forward only: it is "
                            + shown(lab, lab.clock().now()));
                    return ExitStatus.USAGE;
                }
                Instant before = lab.clock().moveTo(target);
                lab.journal()
                        .record(new Event(
                                target,
                                Layer.CONSOLE,
                                null,
                                "clock",
                                shown(lab, target),
                                null,
                                "moved from " + shown(lab, before),
                                0));
            }
            out.println(shown(lab, lab.clock().now()));
            return ExitStatus.FINE;
        } catch (DateTimeException | IllegalArgumentException wrong) {
            err.println("kwm: " + wrong.getMessage());
            return ExitStatus.USAGE;
        }
    }

    private static Instant target(Lab lab, String how, String value) {
        return how.equals("by")
                ? lab.clock().now().plus(Duration.ofSeconds(Long.parseLong(value)))
                : Times.parse(value, lab.declaration().timeZone());
    }

    private static String shown(Lab lab, Instant time) {
        return time.atZone(lab.declaration().timeZone())
                .truncatedTo(ChronoUnit.SECONDS)
                .toOffsetDateTime()
                .toString();
    }
}
