package kwangmyong.console;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import kwangmyong.console.command.CommandInterpreter;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/** The interactive shell: history, completion, Ctrl-C for the command that runs, Ctrl-D to leave. */
final class ConsoleShell {
    private static final int MAX_LINE = 2_000;
    private static final Set<String> FAREWELLS = Set.of("exit", "quit");

    private final String labName;
    private final CommandInterpreter interpreter;
    private final Terminal terminal;

    ConsoleShell(String labName, CommandInterpreter interpreter, Terminal terminal) {
        this.labName = labName;
        this.interpreter = interpreter;
        this.terminal = terminal;
    }

    static boolean isFarewell(String line) {
        return FAREWELLS.contains(line.strip());
    }

    /**
     * Splits a command line as a shell does, with quotation marks and backslashes.
     *
     * @throws org.jline.reader.SyntaxError when a quotation mark is left open
     * @throws IllegalArgumentException when the line is longer than any command is
     */
    static List<String> words(String line) {
        if (line.length() > MAX_LINE) { // the parser recurs from backslash to backslash
            throw new IllegalArgumentException(
                    "a line of " + line.length() + " characters (expected: at most " + MAX_LINE + ")");
        }
        var parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(true);
        parser.setEofOnEscapedNewLine(true);
        List<String> words = parser.parse(line, line.length(), Parser.ParseContext.ACCEPT_LINE)
                .words();
        return words.stream().filter(word -> !word.isEmpty()).toList();
    }

    /** Reads and runs lines until the operator leaves; returns the last status. */
    int run(ToIntFunction<String> command) {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("kwm")
                .completer((lineReader, line, candidates) -> complete(line, candidates))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        terminal.writer()
                .println(labName + ": the operator's console. help lists the commands, Tab completes, Ctrl-D leaves.");
        terminal.flush();
        int status = CommandInterpreter.FINE;
        while (true) {
            try {
                String line = reader.readLine(labName + "> ");
                if (isFarewell(line)) {
                    return status;
                }
                if (!line.isBlank()) {
                    status = command.applyAsInt(line);
                }
            } catch (UserInterruptException abandoned) {
                status = CommandInterpreter.FINE;
            } catch (EndOfFileException left) {
                return status;
            }
            if (Thread.interrupted()) {
                terminal.writer().println();
            }
            terminal.flush();
        }
    }

    private void complete(ParsedLine line, List<Candidate> candidates) {
        for (String candidate : interpreter.candidates(line.words(), line.wordIndex())) {
            boolean complete = !candidate.endsWith("=");
            candidates.add(new Candidate(candidate, candidate, null, null, null, null, complete));
        }
        if (line.wordIndex() == 0) {
            candidates.add(new Candidate("exit"));
        }
    }
}
