package kwangmyong.console.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.access.api.OperationException;
import kwangmyong.console.command.CommandContext.NotRunningException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** Runs the operator's commands. Any number of threads may; a command may block until its change is on disk, or for as long as it follows. */
public final class CommandInterpreter {
    /** All is well. */
    public static final int FINE = 0;
    /** A check failed. */
    public static final int FAILED = 1;
    /** The command line asks for something that there is not. */
    public static final int USAGE = 2;
    /** The lab is not running. */
    public static final int NOT_RUNNING = 3;

    private static final Logger LOG = LoggerFactory.getLogger(CommandInterpreter.class);

    private final ConsolePorts ports;

    public CommandInterpreter(ConsolePorts ports) {
        this.ports = ports;
    }

    /**
     * Runs one command line. What a person did wrong is told on {@code err}; nothing is thrown.
     *
     * @return the exit status
     */
    public int run(Invocation invocation) {
        CommandLine commands = commands(new CommandContext(ports, invocation), "");
        var out = new PrintWriter(invocation.out(), true, StandardCharsets.UTF_8);
        var err = new PrintWriter(invocation.err(), true, StandardCharsets.UTF_8);
        commands.setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(invocation.colours() ? Ansi.ON : Ansi.OFF));
        commands.setUsageHelpWidth(Math.max(60, Math.min(invocation.columns(), 120)));
        commands.setParameterExceptionHandler((wrong, arguments) -> usage(wrong, err));
        commands.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command, err));
        int status = commands.execute(invocation.arguments().toArray(String[]::new));
        out.flush();
        err.flush();
        return status;
    }

    /** What may stand next on an unfinished command line: see {@link Completions}. */
    public List<String> candidates(List<String> words, int index) {
        return new Completions(ports.operations()).candidates(words, index);
    }

    /** The names of all commands, in the order of help. */
    public static List<String> names() {
        return List.copyOf(Commands.tree(null, "").getSubcommands().keySet());
    }

    /** What each command does in a sentence, in the order of help; {@code help} itself is not among them. */
    public static Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        Commands.tree(null, "").getSubcommands().forEach((name, command) -> {
            String[] header = command.getCommandSpec().usageMessage().header();
            if (!name.equals("help") && header.length > 0) {
                headers.put(name, header[0]);
            }
        });
        return Collections.unmodifiableMap(headers);
    }

    /**
     * The commands with their options and help, for a program that has them too.
     *
     * @param program what stands before each in its help
     * @return not to be run
     */
    public static CommandLine model(String program) {
        return Commands.tree(null, program);
    }

    private static CommandLine commands(CommandContext context, String name) {
        return Commands.tree(context, name);
    }

    private static int usage(ParameterException wrong, PrintWriter err) {
        err.println(Text.shown(wrong.getMessage()));
        String command = wrong.getCommandLine().getParent() == null
                ? ""
                : " " + wrong.getCommandLine().getCommandName();
        err.println("See: help" + command);
        return USAGE;
    }

    private static int failed(Exception failure, CommandLine command, PrintWriter err) {
        String name = command.getCommandName();
        if (failure instanceof NotRunningException) {
            err.println(failure.getMessage());
            return NOT_RUNNING;
        }
        if (failure instanceof OperationException || failure instanceof IllegalArgumentException) {
            err.println(Text.shown(failure.getMessage()));
            return USAGE;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
        if (failure instanceof IOException) {
            err.println(name + ": " + Text.shown(failure.getMessage()));
            return FAILED;
        }
        LOG.error("the command {} failed", name, failure);
        err.println(name + " failed inside the lab; its log says how");
        return FAILED;
    }
}
