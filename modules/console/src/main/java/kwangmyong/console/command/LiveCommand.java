package kwangmyong.console.command;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import kwangmyong.access.api.SessionView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import tools.jackson.databind.util.RawValue;

@Command(
        name = "live",
        header = "Who is where and what is denied, as it happens.",
        description =
                "A screen that is drawn anew each second and at each denial, until Ctrl-C. Without a terminal, or with --json, it is shown once.",
        footer = {"", "Examples:", "  live"})
final class LiveCommand extends ContextCommand {
    private static final JournalQuery DENIALS = JournalQuery.ALL.where("verdict", "deny");
    private static final int MOST = 50;
    /** Lines of the screen that are neither sessions nor denials. */
    private static final int FRAME = 7;

    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
    private static final String OTHER_SCREEN = "\u001b[?1049h\u001b[?25l";
    private static final String USUAL_SCREEN = "\u001b[?25h\u001b[?1049l";

    @Override
    int run(CommandContext lab) throws IOException {
        lab.requireLive();
        if (output.isJson()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("sessions", lab.operations().sessions());
            all.put(
                    "denials",
                    lab.ports().journal().last(DENIALS, MOST).stream()
                            .map(entry -> new RawValue(entry.jsonWithProcess()))
                            .toList());
            Output.json(lab.invocation(), all);
        } else if (lab.invocation().isTerminal()) {
            watch(lab);
        } else {
            draw(lab, lab.ports().journal().last(DENIALS, MOST), Integer.MAX_VALUE);
        }
        return CommandInterpreter.FINE;
    }

    private void watch(CommandContext lab) throws IOException {
        PrintStream out = lab.invocation().out();
        out.print(OTHER_SCREEN);
        try (JournalView.Following following = lab.ports().journal().follow(DENIALS)) {
            Deque<JournalEntry> denials = new ArrayDeque<>(lab.ports().journal().last(DENIALS, MOST));
            while (!Thread.currentThread().isInterrupted() && !out.checkError()) {
                out.print(HOME_AND_CLEAR);
                draw(lab, List.copyOf(denials), lab.invocation().screen().rows());
                JournalEntry entry = following.next(Duration.ofSeconds(1));
                while (entry != null) {
                    denials.addLast(entry);
                    if (denials.size() > MOST) {
                        denials.removeFirst();
                    }
                    entry = following.next(Duration.ZERO);
                }
            }
        } finally {
            out.print(USUAL_SCREEN);
            out.flush();
        }
    }

    private static void draw(CommandContext lab, List<JournalEntry> denials, int rows) {
        ZoneId zone = lab.ports().zone();
        List<SessionView> sessions = lab.operations().sessions();
        int room = Math.max(2, rows - FRAME);
        int shownSessions = Math.min(sessions.size(), room / 2);
        int shownDenials = Math.min(denials.size(), room - shownSessions);
        lab.println(Text.time(lab.ports().clock().now(), zone) + " " + zone + "   " + sessions.size()
                + " sessions   Ctrl-C leaves");
        lab.println("");
        var who = new Table("SUBJECT", "TERMINAL", "ATTACHMENT", "BY", "UNTIL", "HELD");
        sessions.stream()
                .limit(shownSessions)
                .forEach(session -> who.row(
                        session.subject(),
                        session.terminal(),
                        session.attachment(),
                        session.origin(),
                        Text.time(session.until(), zone),
                        session.held()));
        who.print(lab.invocation(), "Nobody is anywhere.");
        lab.println("");
        var denied = new Table("TIME", "SUBJECT", "TERMINAL", "SERVICE", "RESOURCE", "RULE", "REASON");
        for (int i = denials.size() - 1; i >= denials.size() - shownDenials; i--) {
            JournalEntry entry = denials.get(i);
            denied.row(
                    time(entry.get("time"), zone),
                    entry.get("subject"),
                    entry.get("terminal"),
                    entry.get("service"),
                    entry.get("resource"),
                    entry.get("rule"),
                    entry.get("reason"));
        }
        denied.print(lab.invocation(), "Nothing was denied.");
    }

    private static @Nullable String time(@Nullable String text, ZoneId zone) {
        try {
            return text == null ? null : Text.time(Instant.parse(text), zone);
        } catch (DateTimeParseException altered) {
            return text;
        }
    }
}
