package kwangmyong.console.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import kwangmyong.access.api.Scope;

/**
 * One command line and where it comes from.
 *
 * @param arguments the command's name first
 * @param operator who runs it, for the journal
 * @param scopes what they may do
 * @param in what is read of a command that reads, such as a password
 */
public record Invocation(
        List<String> arguments,
        String operator,
        Set<Scope> scopes,
        Screen screen,
        InputStream in,
        PrintStream out,
        PrintStream err) {
    public Invocation {
        arguments = List.copyOf(arguments);
        scopes = Set.copyOf(scopes);
    }

    /**
     * What the output is.
     *
     * @param isTerminal whether a person looks at it: tables are cut to its width
     * @param colours whether they want colours
     */
    public record Screen(boolean isTerminal, boolean colours, int columns, int rows) {
        /** A file or a pipe. */
        public static final Screen PIPE = new Screen(false, false, 120, 24);
    }

    boolean isTerminal() {
        return screen.isTerminal();
    }

    boolean colours() {
        return screen.isTerminal() && screen.colours();
    }

    int columns() {
        return screen.columns();
    }
}
