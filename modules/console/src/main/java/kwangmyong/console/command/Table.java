package kwangmyong.console.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under headings, aligned. On a terminal the widest columns are cut until it fits; elsewhere nothing is. */
final class Table {
    private static final int NARROWEST = 8;
    private static final String GAP = "  ";
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        this.headings = List.of(headings);
    }

    Table row(@Nullable String... cells) {
        rows.add(Arrays.stream(cells).map(Text::shown).toList());
        return this;
    }

    /** Prints the table, or {@code ifEmpty} when there is no row. */
    void print(Invocation invocation, String ifEmpty) {
        PrintStream out = invocation.out();
        if (rows.isEmpty()) {
            out.println(ifEmpty);
            return;
        }
        int[] widths = widths();
        if (invocation.isTerminal()) {
            fit(widths, invocation.columns());
        }
        out.println(style(line(headings, widths, false), BOLD, invocation.colours()));
        for (List<String> row : rows) {
            out.println(line(row, widths, invocation.colours()));
        }
    }

    private int[] widths() {
        int[] widths = headings.stream().mapToInt(Text::width).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Text.width(row.get(i)));
            }
        }
        return widths;
    }

    private static void fit(int[] widths, int columns) {
        int over = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - columns;
        while (over > 0) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
            over--;
        }
    }

    private static String line(List<String> cells, int[] widths, boolean colours) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = Text.cut(cells.get(i), widths[i]);
            boolean last = i == widths.length - 1;
            String padded = last ? cell : Text.padded(cell, widths[i]) + GAP;
            line.append(verdict(cell, padded, colours));
        }
        return line.toString().stripTrailing();
    }

    /** Colours a cell that is a verdict. */
    static String verdict(String cell, String padded, boolean colours) {
        return switch (cell) {
            case "allow" -> style(padded, GREEN, colours);
            case "deny" -> style(padded, RED, colours);
            default -> padded;
        };
    }

    private static String style(String text, String code, boolean colours) {
        return colours ? code + text + PLAIN : text;
    }
}
