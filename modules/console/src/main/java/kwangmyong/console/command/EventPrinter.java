package kwangmyong.console.command;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalExport;
import org.jspecify.annotations.Nullable;

/** Prints lines of the journal, for people or for programs. */
final class EventPrinter {
    private static final int NARROWEST = 20;

    private final CommandContext lab;
    private final @Nullable JournalExport export;

    /** @param export what writes them for programs; null for people */
    EventPrinter(CommandContext lab, @Nullable JournalExport export) {
        this.lab = lab;
        this.export = export;
    }

    void print(JournalEntry entry) throws IOException {
        if (export != null) {
            export.write(entry);
            return;
        }
        boolean isTerminal = lab.invocation().isTerminal();
        String process = entry.process().equals(JournalEntry.LAB) ? "" : "@" + entry.process();
        String before = Text.padded(shownTime(entry), 19)
                + "  " + Text.padded(Text.shown(entry.get("subject")), 10)
                + "  " + Text.padded(Text.shown(entry.get("terminal")), 12)
                + "  " + Text.padded(Text.shown(entry.get("service")) + process, 7)
                + "  " + Text.padded(Text.shown(entry.get("action")), 8)
                + "  ";
        String verdict = Text.shown(entry.get("verdict"));
        String padded = Text.padded(verdict, 5) + "  ";
        int left = lab.invocation().columns() - Text.width(before + padded);
        String rest = isTerminal ? Text.cut(rest(entry), Math.max(left, NARROWEST)) : rest(entry);
        lab.println(before + Table.verdict(verdict, padded, lab.invocation().colours()) + rest);
    }

    private String shownTime(JournalEntry entry) {
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
