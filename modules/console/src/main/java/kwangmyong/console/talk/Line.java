package kwangmyong.console.talk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.session.ServerSession;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** A channel's two directions, and the terminal at its far end, where there is one. */
public record Line(InputStream in, OutputStream out, OutputStream err, ServerSession session, Environment environment) {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;
    private static final int MAX_SIDE = 1_000;

    /** The terminal's type as its program calls it, {@code xterm}; null without a terminal. */
    public @Nullable String terminalType() {
        return environment.getEnv().get(Environment.ENV_TERM);
    }

    /** Whether whoever sits there has not asked for none. */
    public boolean wantsColours() {
        return !environment.getEnv().containsKey("NO_COLOR");
    }

    /** Text to the far end. */
    public PrintStream print() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /** Text to the far end's standard error. */
    public PrintStream complain() {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    /** The same with another input. */
    public Line with(InputStream other) {
        return new Line(other, out, err, session, environment);
    }

    /**
     * The terminal, which follows the far end's size. Ctrl-C interrupts the thread that opens it.
     *
     * @param type as of {@link #terminalType}
     */
    public Terminal terminal(String type) throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .name("kwm console")
                .system(false)
                .streams(in, out)
                .type(type)
                .encoding(StandardCharsets.UTF_8)
                .size(size())
                .build();
        environment.addSignalListener(
                (changed, signal) -> {
                    terminal.setSize(size());
                    terminal.raise(Terminal.Signal.WINCH);
                },
                Signal.WINCH);
        Thread worker = Thread.currentThread();
        terminal.handle(Terminal.Signal.INT, signal -> worker.interrupt());
        return terminal;
    }

    private Size size() {
        return Size.of(side(Environment.ENV_COLUMNS, DEFAULT_COLUMNS), side(Environment.ENV_LINES, DEFAULT_ROWS));
    }

    private int side(String name, int usual) {
        String given = environment.getEnv().get(name);
        try {
            int side = given == null ? 0 : Integer.parseInt(given);
            return side < 1 ? usual : Math.min(side, MAX_SIDE);
        } catch (NumberFormatException notANumber) {
            return usual;
        }
    }
}
