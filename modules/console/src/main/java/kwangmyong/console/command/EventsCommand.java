package kwangmyong.console.command;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalMatch;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        header = "The journal: every decision and event.",
        description = {
            "The newest lines that match, oldest first. Several --where must all hold; an empty value matches a line that has none.",
            "Fields: seq, time, service, subject, terminal, attachment, action, resource, verdict, rule, code, needed, held, presentation,",
            "policy, detail, count. --json prints the journal's own lines."
        },
        footer = {
            "",
            "Examples:",
            "  events --last 50",
            "  events --follow --where verdict=deny",
            "  events --where subject=academic --where service=dns --since 09:00",
            "  events --where code=seat-mismatch --json"
        })
final class EventsCommand extends ContextCommand {
    private static final int MOST = 100_000;
    private static final int NARROWEST = 20;
    private static final Duration LOOK_FOR_GONE_READERS = Duration.ofMillis(500);

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with each new line, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-w", "--where"},
            paramLabel = "KEY=VALUE",
            description = "Only lines whose field KEY is VALUE.")
    private List<String> where = new ArrayList<>();

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many lines. ${DEFAULT-VALUE} unless given.")
    private int last;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only from this time on, such as 09:00 or 2026-03-01T09:00.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only before this time.")
    private @Nullable String until;

    @Override
    int run(CommandContext lab) throws IOException {
        if (last < 0 || last > MOST) {
            throw new IllegalArgumentException("--last: " + last + " (expected: 0-" + MOST + ")");
        }
        var query =
                new JournalQuery(where.stream().map(JournalMatch::parse).toList(), time(lab, since), time(lab, until));
        JournalView journal = lab.ports().journal();
        if (!follow) {
            journal.last(query, last).forEach(entry -> print(lab, entry));
            return CommandInterpreter.FINE;
        }
        lab.requireLive();
        // Opened before the newest lines are read, so that none falls between; those read twice are told by their
        // number.
        try (JournalView.Following following = journal.follow(query)) {
            long shown = 0;
            for (JournalEntry entry : journal.last(query, last)) {
                print(lab, entry);
                shown = Math.max(shown, number(entry));
            }
            follow(lab, following, shown);
        }
        return CommandInterpreter.FINE;
    }

    private void follow(CommandContext lab, JournalView.Following following, long shown) throws IOException {
        PrintStream out = lab.invocation().out();
        while (!Thread.currentThread().isInterrupted() && !out.checkError()) {
            JournalEntry entry = following.next(LOOK_FOR_GONE_READERS);
            if (entry != null && number(entry) > shown) {
                print(lab, entry);
            }
        }
    }

    private static long number(JournalEntry entry) {
        String seq = entry.get("seq");
        try {
            return seq == null ? 0 : Long.parseLong(seq);
        } catch (NumberFormatException altered) {
            return 0;
        }
    }

    private static @Nullable Instant time(CommandContext lab, @Nullable String text) {
        return text == null
                ? null
                : Times.instant(text, lab.ports().clock().now(), lab.ports().zone());
    }

    private void print(CommandContext lab, JournalEntry entry) {
        if (output.isJson()) {
            lab.println(entry.json());
            return;
        }
        boolean isTerminal = lab.invocation().isTerminal();
        String before = Text.padded(shownTime(lab, entry), 19)
                + "  " + Text.padded(Text.shown(entry.get("subject")), 10)
                + "  " + Text.padded(Text.shown(entry.get("terminal")), 12)
                + "  " + Text.padded(Text.shown(entry.get("service")), 7)
                + "  " + Text.padded(Text.shown(entry.get("action")), 8)
                + "  ";
        String verdict = Text.shown(entry.get("verdict"));
        String padded = Text.padded(verdict, 5) + "  ";
        int left = lab.invocation().columns() - Text.width(before + padded);
        String rest = isTerminal ? Text.cut(rest(entry), Math.max(left, NARROWEST)) : rest(entry);
        lab.println(before + Table.verdict(verdict, padded, isTerminal) + rest);
    }

    private static String shownTime(CommandContext lab, JournalEntry entry) {
        String time = entry.get("time");
        try {
            return time == null
                    ? "-"
                    : Text.time(Instant.parse(time), lab.ports().zone());
        } catch (DateTimeParseException altered) {
            return Text.shown(time);
        }
    }

    private static String rest(JournalEntry entry) {
        var rest = new StringBuilder(Text.shown(entry.get("resource")));
        if (entry.get("rule") != null) {
            rest.append("  [")
                    .append(Text.shown(entry.get("rule")))
                    .append("] ")
                    .append(Text.shown(entry.get("reason")));
        }
        if (entry.get("detail") != null) {
            rest.append("  ").append(Text.shown(entry.get("detail")));
        }
        if (entry.get("count") != null) {
            rest.append("  ×").append(Text.shown(entry.get("count")));
        }
        return rest.toString();
    }
}
