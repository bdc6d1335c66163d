package kwangmyong.sites.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The small markup of pages and articles, read into blocks: a blank line ends a paragraph; {@code ##} heads a section, {@code -} an item,
 * {@code >} a note, {@code |} a row of a table (the first is its head). Within a line: {@code **strong**}, {@code [text](address)} and
 * {@code {{a title of the leaders}}}, which is set a fifth larger. Everything else is text; nothing is an error.
 */
public final class Prose {
    private static final Pattern INLINE = Pattern.compile(
            "\\*\\*(?<strong>[^*]+)\\*\\*|\\[(?<text>[^\\]]+)\\]\\((?<address>(?:https?://|/)[^)\\s]*)\\)|\\{\\{(?<leader>[^}]+)\\}\\}");
    private static final Pattern CELL_END = Pattern.compile("\\s*\\|\\s*");

    private Prose() {}

    /** A part of a page. */
    public sealed interface Block {
        record Heading(List<Span> spans) implements Block {}

        record Paragraph(List<Span> spans) implements Block {}

        record Note(List<Span> spans) implements Block {}

        record Items(List<List<Span>> items) implements Block {}

        /** A table; the first row is its head. */
        record Table(List<List<List<Span>>> rows) implements Block {}
    }

    /** A stretch of text within a block. */
    public sealed interface Span {
        String text();

        record Plain(String text) implements Span {}

        record Strong(String text) implements Span {}

        record Leader(String text) implements Span {}

        /**
         * A link.
         *
         * @param address a path, or an absolute address of http or https
         */
        record Link(String text, String address) implements Span {}
    }

    /** Reads lines; a block goes on until a blank line or a line of another kind. */
    public static List<Block> blocks(List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        int from = 0;
        while (from < lines.size()) {
            Kind kind = Kind.of(lines.get(from));
            int to = from + 1;
            while (kind.joins && to < lines.size() && Kind.of(lines.get(to)) == kind) {
                to++;
            }
            if (kind != Kind.BLANK) {
                blocks.add(block(kind, lines.subList(from, to)));
            }
            from = to;
        }
        return blocks;
    }

    private enum Kind {
        BLANK("", false),
        HEADING("## ", false),
        ITEMS("- ", true),
        NOTE("> ", true),
        TABLE("| ", true),
        PARAGRAPH("", true);

        private final String mark;
        private final boolean joins;

        Kind(String mark, boolean joins) {
            this.mark = mark;
            this.joins = joins;
        }

        static Kind of(String line) {
            if (line.isBlank()) {
                return BLANK;
            }
            for (Kind kind : List.of(HEADING, ITEMS, NOTE, TABLE)) {
                if (line.startsWith(kind.mark)) {
                    return kind;
                }
            }
            return PARAGRAPH;
        }
    }

    private static Block block(Kind kind, List<String> marked) {
        List<String> lines =
                marked.stream().map(line -> line.substring(kind.mark.length())).toList();
        return switch (kind) {
            case HEADING -> new Block.Heading(spans(lines.get(0)));
            case ITEMS -> new Block.Items(lines.stream().map(Prose::spans).toList());
            case NOTE -> new Block.Note(spans(String.join(" ", lines)));
            case TABLE -> new Block.Table(lines.stream().map(Prose::cells).toList());
            case PARAGRAPH, BLANK -> new Block.Paragraph(spans(String.join(" ", lines)));
        };
    }

    private static List<List<Span>> cells(String row) {
        String bare = row.endsWith("|") ? row.substring(0, row.length() - 1) : row;
        return CELL_END.splitAsStream(bare.strip()).map(Prose::spans).toList();
    }

    /** Reads one line. */
    public static List<Span> spans(String line) {
        List<Span> spans = new ArrayList<>();
        Matcher inline = INLINE.matcher(line);
        int done = 0;
        while (inline.find()) {
            if (inline.start() > done) {
                spans.add(new Span.Plain(line.substring(done, inline.start())));
            }
            spans.add(span(inline));
            done = inline.end();
        }
        if (done < line.length()) {
            spans.add(new Span.Plain(line.substring(done)));
        }
        return spans;
    }

    private static Span span(Matcher inline) {
        if (inline.group("strong") != null) {
            return new Span.Strong(inline.group("strong"));
        }
        if (inline.group("leader") != null) {
            return new Span.Leader(inline.group("leader"));
        }
        return new Span.Link(inline.group("text"), inline.group("address"));
    }

    /** The words alone, for summaries and feeds. */
    public static String plain(List<Span> spans) {
        StringBuilder text = new StringBuilder();
        spans.forEach(span -> text.append(span.text()));
        return text.toString();
    }
}
