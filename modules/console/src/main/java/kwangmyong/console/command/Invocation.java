package kwangmyong.console.command;

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
 * @param isTerminal whether a person looks at {@code out}: colours, and tables cut to its width
 * @param columns its width
 */
public record Invocation(
        List<String> arguments,
        String operator,
        Set<Scope> scopes,
        boolean isTerminal,
        int columns,
        PrintStream out,
        PrintStream err) {
    public Invocation {
        arguments = List.copyOf(arguments);
        scopes = Set.copyOf(scopes);
    }
}
