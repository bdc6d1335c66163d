package kwangmyong.console.guest;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import kwangmyong.console.talk.Line;
import kwangmyong.console.talk.LineInput;
import kwangmyong.console.talk.Talker;
import kwangmyong.console.talk.TypedInput;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** One channel of a subject's: a single word ({@code ssh host status}), or a screen that stays while they are logged in. */
public final class GuestTalk implements Talker {
    private static final int NOBODY = 1;
    /** Lines that the arrow keys bring back. */
    private static final int REMEMBERED = 20;

    private final String labName;
    private final GuestWords words;
    private final GuestLog log;
    private final @Nullable String commandLine;

    /** @param commandLine null for the screen */
    GuestTalk(String labName, GuestWords words, GuestLog log, @Nullable String commandLine) {
        this.labName = labName;
        this.words = words;
        this.log = log;
        this.commandLine = commandLine;
    }

    @Override
    public int talk(Line line) throws IOException {
        Visit visit = Visit.of(line.session());
        if (visit == null) {
            return NOBODY;
        } else if (commandLine != null) {
            return answer(visit, commandLine, line.print(), line.complain()).status();
        }
        String type = line.terminalType();
        return type == null ? fromAPipe(visit, line) : onTheScreen(visit, line, type);
    }

    private int fromAPipe(Visit visit, Line line) throws IOException {
        PrintStream print = line.print();
        var lines = new LineInput(line.in());
        String typed;
        while ((typed = lines.next()) != null) {
            GuestWords.Answer answer = answer(visit, typed, print, line.complain());
            if (answer.isOver() || answer.status() != GuestWords.FINE) {
                return answer.status();
            }
        }
        return GuestWords.FINE;
    }

    private int onTheScreen(Visit visit, Line line, String type) throws IOException {
        var typed = new TypedInput(line.in());
        try (Terminal terminal = line.with(typed).terminal(type)) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("kwm")
                    .variable(LineReader.HISTORY_SIZE, REMEMBERED)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            var print = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
            show(words.welcome(visit, labName), print);
            while (true) {
                try {
                    typed.renew();
                    GuestWords.Answer answer =
                            answer(visit, reader.readLine(visit.subject() + "@" + labName + "> "), print, print);
                    if (answer.isOver()) {
                        return answer.status();
                    }
                } catch (UserInterruptException abandoned) {
                    print.println();
                } catch (EndOfFileException left) {
                    return GuestWords.FINE;
                }
            }
        }
    }

    private GuestWords.Answer answer(Visit visit, String typed, PrintStream print, PrintStream errors) {
        GuestWords.Answer answer = words.answer(visit, typed);
        if (answer.status() == GuestWords.USAGE) {
            log.refused(visit.connection(), typed.strip());
        }
        show(answer, answer.status() == GuestWords.FINE ? print : errors);
        return answer;
    }

    private static void show(GuestWords.Answer answer, PrintStream print) {
        answer.lines().forEach(print::println);
        print.flush();
    }
}
