package kwangmyong.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import kwangmyong.access.api.OperatorScopes;
import kwangmyong.console.command.CommandInterpreter;
import kwangmyong.console.command.Invocation;
import kwangmyong.console.command.Invocation.Screen;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jline.reader.SyntaxError;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel of an operator's: a single command ({@code ssh host status}), or a shell. It has a thread of its own, which ends when the channel
 * does; how many there may be is the server's limit on sessions and channels.
 */
final class ConsoleCommand implements Command, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleCommand.class);
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;
    private static final int MAX_SIDE = 1_000;

    private final ConsoleConfig config;
    private final CommandInterpreter interpreter;
    private final ConsoleLog log;
    private final OperatorScopes scopes;
    private final @Nullable String commandLine;

    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private @Nullable ExitCallback exit;
    private @Nullable ChannelSession channel;
    private @Nullable Environment environment;
    private @Nullable Thread thread;

    /**
     * A channel.
     *
     * @param commandLine null for a shell
     */
    ConsoleCommand(
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
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession startedOn, Environment startedIn) {
        channel = startedOn;
        environment = startedIn;
        Thread worker = new Thread(this, "kwm-console");
        worker.setDaemon(true);
        thread = worker;
        worker.start();
    }

    @Override
    public void destroy(ChannelSession closed) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void run() {
        int status = CommandInterpreter.FAILED;
        try {
            String type = environment == null ? null : environment.getEnv().get(Environment.ENV_TERM);
            status = type == null ? withoutTerminal() : withTerminal(type);
        } catch (IOException gone) {
            LOG.debug("a console channel ended", gone);
        } catch (RuntimeException bug) {
            LOG.error("a console channel failed", bug);
        } finally {
            if (exit != null) {
                exit.onExit(status);
            }
        }
    }

    private int withoutTerminal() throws IOException {
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        if (commandLine == null) {
            return shellWithoutTerminal(print);
        }
        return run(commandLine, Screen.PIPE, in, print, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /** Commands from a pipe, one a line, until one fails. */
    private int shellWithoutTerminal(PrintStream print) throws IOException {
        var errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        var lines = new LineInput(in);
        int status = CommandInterpreter.FINE;
        String line;
        while (status == CommandInterpreter.FINE && (line = lines.next()) != null) {
            if (ConsoleShell.isFarewell(line)) {
                return status;
            }
            if (!line.isBlank()) {
                status = run(line, Screen.PIPE, in, print, errors);
            }
        }
        return status;
    }

    private int withTerminal(String type) throws IOException {
        try (Terminal terminal = TerminalBuilder.builder()
                .name("kwm console")
                .system(false)
                .streams(in, out)
                .type(type)
                .encoding(StandardCharsets.UTF_8)
                .size(size())
                .build()) {
            if (environment != null) {
                environment.addSignalListener(
                        (changed, signal) -> {
                            terminal.setSize(size());
                            terminal.raise(Terminal.Signal.WINCH);
                        },
                        Signal.WINCH);
            }
            Thread worker = Thread.currentThread();
            terminal.handle(Terminal.Signal.INT, signal -> worker.interrupt());
            int status = commandLine == null
                    ? new ConsoleShell(config.labName(), interpreter, terminal).run(line -> onTerminal(line, terminal))
                    : onTerminal(commandLine, terminal);
            terminal.flush();
            return status;
        }
    }

    private int onTerminal(String line, Terminal terminal) {
        boolean colours = environment == null || !environment.getEnv().containsKey("NO_COLOR");
        Screen screen = new Screen(true, colours, terminal.getColumns(), terminal.getRows());
        OutputStream output =
                Pager.isFor(List.of(line.strip().split("\\s+", -1))) ? new Pager(terminal) : terminal.output();
        var print = new PrintStream(output, true, StandardCharsets.UTF_8);
        var errors = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
        return run(line, screen, terminal.input(), print, errors);
    }

    private Size size() {
        Map<String, String> given = environment == null ? Map.of() : environment.getEnv();
        return Size.of(
                side(given.get(Environment.ENV_COLUMNS), DEFAULT_COLUMNS),
                side(given.get(Environment.ENV_LINES), DEFAULT_ROWS));
    }

    private static int side(@Nullable String given, int usual) {
        try {
            int side = given == null ? 0 : Integer.parseInt(given);
            return side < 1 ? usual : Math.min(side, MAX_SIDE);
        } catch (NumberFormatException notANumber) {
            return usual;
        }
    }

    private int run(String line, Screen screen, InputStream input, PrintStream print, PrintStream errors) {
        if (channel == null) {
            return CommandInterpreter.FAILED;
        }
        String operator = channel.getSession().getUsername();
        log.command(channel.getSession(), operator, line.strip());
        List<String> arguments;
        try {
            arguments = ConsoleShell.words(line);
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
