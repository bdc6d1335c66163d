package kwangmyong.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kwangmyong.access.api.OperatorScopes;
import kwangmyong.console.command.CommandInterpreter;
import kwangmyong.console.command.Invocation;
import kwangmyong.console.command.Invocation.Screen;
import kwangmyong.console.talk.Line;
import kwangmyong.console.talk.LineInput;
import kwangmyong.console.talk.Talker;
import org.apache.sshd.server.session.ServerSession;
import org.jline.reader.SyntaxError;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** One channel of an operator's: a single command ({@code ssh host status}), or a shell. */
final class OperatorTalk implements Talker {
    private final ConsoleConfig config;
    private final CommandInterpreter interpreter;
    private final ConsoleLog log;
    private final OperatorScopes scopes;
    private final @Nullable String commandLine;

    /**
     * A channel.
     *
     * @param commandLine null for a shell
     */
    OperatorTalk(
            ConsoleConfig config,
            CommandInterpreter interpreter,
            ConsoleLog log,
            OperatorScopes scopes,
            @Nullable String commandLine) {
        this.config = config;
        this.interpreter = interpreter;
        this.log = log;
        this.scopes = scopes;
        this.commandLine = commandLine;
    }

    @Override
    public int talk(Line line) throws IOException {
        String type = line.terminalType();
        if (type != null) {
            return withTerminal(line, type);
        }
        return commandLine == null
                ? shellWithoutTerminal(line)
                : run(line.session(), commandLine, Screen.PIPE, line.in(), line.print(), line.complain());
    }

    /** Commands from a pipe, one a line, until one fails. */
    private int shellWithoutTerminal(Line line) throws IOException {
        PrintStream print = line.print();
        PrintStream errors = line.complain();
        var lines = new LineInput(line.in());
        int status = CommandInterpreter.FINE;
        String typed;
        while (status == CommandInterpreter.FINE && (typed = lines.next()) != null) {
            if (ConsoleShell.isFarewell(typed)) {
                return status;
            }
            if (!typed.isBlank()) {
                status = run(line.session(), typed, Screen.PIPE, line.in(), print, errors);
            }
        }
        return status;
    }

    private int withTerminal(Line line, String type) throws IOException {
        try (Terminal terminal = line.terminal(type)) {
            int status = commandLine == null
                    ? new ConsoleShell(config.labName(), interpreter, terminal)
                            .run(typed -> onTerminal(line, typed, terminal))
                    : onTerminal(line, commandLine, terminal);
            terminal.flush();
            return status;
        }
    }

    private int onTerminal(Line line, String typed, Terminal terminal) {
        Screen screen = new Screen(true, line.wantsColours(), terminal.getColumns(), terminal.getRows());
        OutputStream output =
                Pager.isFor(List.of(typed.strip().split("\\s+", -1))) ? new Pager(terminal) : terminal.output();
        var print = new PrintStream(output, true, StandardCharsets.UTF_8);
        var errors = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
        return run(line.session(), typed, screen, terminal.input(), print, errors);
    }

    private int run(
            ServerSession session,
            String typed,
            Screen screen,
            InputStream input,
            PrintStream print,
            PrintStream errors) {
        String operator = session.getUsername();
        log.command(session, operator, typed.strip());
        List<String> arguments;
        try {
            arguments = ConsoleShell.words(typed);
        } catch (SyntaxError unfinished) {
            errors.println("a quotation mark is left open");
            return CommandInterpreter.USAGE;
        } catch (IllegalArgumentException tooLong) {
            errors.println(tooLong.getMessage());
            return CommandInterpreter.USAGE;
        }
        return interpreter.run(new Invocation(arguments, operator, scopes.of(operator), screen, input, print, errors));
    }
}
