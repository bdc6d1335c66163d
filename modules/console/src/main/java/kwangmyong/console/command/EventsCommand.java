package kwangmyong.console.command;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalExport;
import kwangmyong.access.api.JournalMatch;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import kwangmyong.access.api.JournalView.Order;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        header = "The journal: every decision and event.",
        description = {
            "The newest lines that match, oldest first. Several --where must all hold: FIELD=VALUE, != for not, ~ and !~ for a pattern with",
            "* and ?, >, >=, < and <= for seq, count and elapsed_us. A comma divides values, any of which fits (\\, is a comma); an empty",
            "value is that of a line without the field.",
            "Fields: seq, time, id, service, subject, terminal, attachment, action, resource, verdict, rule, reason, code, needed, held,",
            "presentation, policy, detail, count, elapsed_us; and host, of the resource, and process, which wrote the line.",
            "--json prints the journal's own lines."
        },
        footer = {
            "",
            "Examples:",
            "  events --last 50",
            "  events --follow --where verdict=deny",
            "  events --where subject=academic --where service=dns --since 09:00",
            "  events --where host~*.example.com --where verdict!=allow --since 2026-03-01 --until 2026-03-02 --all",
            "  events --where code=seat-mismatch,bad-credentials --json",
            "  events --where verdict=deny --since 09:00 --count-by host",
            "  events --where service=gateway --where elapsed_us>500000 --reverse",
            "  events --since 2026-03-01 --csv > march.csv"
        })
final class EventsCommand extends ContextCommand {
    private static final int MOST = 100_000;
    private static final int USUAL = 20;
    private static final Duration LOOK_FOR_GONE_READERS = Duration.ofMillis(500);

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with each new line, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-w", "--where"},
            paramLabel = "KEY=VALUE",
            description = "Only lines whose field KEY is VALUE; != ~ !~ > < as above.")
    private List<String> where = new ArrayList<>();

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            description = "How many lines. " + USUAL + " unless given; all with --csv and --count-by.")
    private @Nullable Integer last;

    @Option(
            names = {"-a", "--all"},
            description = "Every line that matches.")
    private boolean all;

    @Option(
            names = {"-r", "--reverse"},
            description = "Newest first.")
    private boolean reverse;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only from this time on, such as 09:00 or 2026-03-01T09:00.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only before this time.")
    private @Nullable String until;

    @Option(names = "--csv", description = "Print CSV (RFC 4180), a header first.")
    private boolean csv;

    @Option(
            names = "--count-by",
            paramLabel = "FIELD",
            description = "Print how many there are for each value of FIELD, and not the lines.")
    private @Nullable String countBy;

    @Override
    int run(CommandContext lab) throws IOException {
        check();
        var query =
                new JournalQuery(where.stream().map(JournalMatch::parse).toList(), time(lab, since), time(lab, until));
        JournalView journal = lab.ports().journal();
        if (countBy != null) {
            new EventCount(lab, countBy, output.isJson(), csv).print(journal, query, most());
        } else if (follow) {
            lab.requireLive();
            // Opened before the newest lines are read, so that none falls between; those read twice are told by their
            // place.
            try (JournalView.Following following = journal.follow(query)) {
                follow(lab, following, journal, query);
            }
        } else {
            print(lab, journal, query);
        }
        return CommandInterpreter.FINE;
    }

    private void check() {
        if (last != null && (last < 0 || last > MOST)) {
            throw new IllegalArgumentException("--last: " + last + " (expected: 0-" + MOST + ", or --all)");
        } else if (last != null && all) {
            throw new IllegalArgumentException("--all and --last say different things");
        } else if (follow && (reverse || all || countBy != null)) {
            throw new IllegalArgumentException("--follow goes with none of --reverse, --all and --count-by");
        } else if (csv && output.isJson()) {
            throw new IllegalArgumentException("--csv and --json say different things");
        }
    }

    /** How many lines at most; -1 for all. */
    private int most() {
        return last != null ? last : all || csv || countBy != null ? -1 : USUAL;
    }

    private void print(CommandContext lab, JournalView journal, JournalQuery query) throws IOException {
        EventPrinter printer = printer(lab);
        int most = most();
        if (most >= 0 && !reverse) {
            for (JournalEntry entry : journal.last(query, most)) {
                printer.print(entry);
            }
            return;
        }
        PrintStream out = lab.invocation().out();
        try (JournalView.Reading reading =
                journal.open(query, reverse ? Order.NEWEST_FIRST : Order.OLDEST_FIRST, null)) {
            for (int i = 0; i != most && !Thread.currentThread().isInterrupted(); i++) {
                JournalEntry entry = reading.next();
                if (entry == null || (i % USUAL == 0 && out.checkError())) {
                    return;
                }
                printer.print(entry);
            }
        }
    }

    private void follow(CommandContext lab, JournalView.Following following, JournalView journal, JournalQuery query)
            throws IOException {
        EventPrinter printer = printer(lab);
        var shown = new HashMap<String, Long>();
        for (JournalEntry entry : journal.last(query, most() < 0 ? USUAL : most())) {
            printer.print(entry);
            shown.merge(entry.process(), entry.seq(), Math::max);
        }
        PrintStream out = lab.invocation().out();
        while (!Thread.currentThread().isInterrupted() && !out.checkError()) {
            JournalEntry entry = following.next(LOOK_FOR_GONE_READERS);
            if (entry != null && entry.seq() > shown.getOrDefault(entry.process(), 0L)) {
                printer.print(entry);
            }
        }
    }

    private EventPrinter printer(CommandContext lab) throws IOException {
        JournalExport export = csv
                ? new JournalExport(JournalExport.Form.CSV, lab.invocation().out())
                : output.isJson()
                        ? new JournalExport(
                                JournalExport.Form.JSON_LINES, lab.invocation().out())
                        : null;
        return new EventPrinter(lab, export);
    }

    private static @Nullable Instant time(CommandContext lab, @Nullable String text) {
        return text == null
                ? null
                : Times.instant(text, lab.ports().clock().now(), lab.ports().zone());
    }
}
