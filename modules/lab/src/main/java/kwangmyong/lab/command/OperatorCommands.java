package kwangmyong.lab.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import kwangmyong.console.command.CommandInterpreter;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.OwnScreen;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.running.OperatorPorts;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands that an operator has at the console as well. {@code kwm} sends them to the running lab, whose interpreter answers both, so each exists
 * once.
 */
public final class OperatorCommands {
    /** In the order of the help. Written out, since to ask the commands themselves takes longer than many a command. */
    public static final List<String> NAMES = List.of(
            "status",
            "live",
            "sessions",
            "login",
            "logout",
            "end",
            "extend",
            "subjects",
            "add",
            "remove",
            "password",
            "key",
            "lock",
            "unlock",
            "slowed",
            "rules",
            "attachments",
            "explain",
            "compare",
            "denials",
            "watch",
            "grants",
            "grant",
            "revoke",
            "held",
            "release",
            "refuse",
            "events",
            "verify",
            "bills",
            "visits",
            "clock",
            "border",
            "reload",
            "tokens",
            "token");

    private final String name;
    private List<String> arguments = List.of();

    private OperatorCommands(String name) {
        this.name = name;
    }

    /** Adds every command, with what it does in a sentence. */
    public static void addAll(CommandLine kwm) {
        Map<String, String> headers = CommandInterpreter.headers();
        NAMES.forEach(name -> add(name, String.valueOf(headers.get(name)), kwm));
    }

    /** Adds the command {@code name}, one of {@link #NAMES}. */
    public static void add(String name, CommandLine kwm) {
        add(name, "", kwm);
    }

    private static void add(String name, String header, CommandLine kwm) {
        var command = new OperatorCommands(name);
        CommandSpec spec = CommandSpec.wrapWithoutInspection((java.util.concurrent.Callable<Integer>) command::run);
        spec.usageMessage().header(header);
        spec.parser().unmatchedOptionsArePositionalParams(true);
        spec.addPositional(PositionalParamSpec.builder()
                .arity("0..*")
                .paramLabel("ARGUMENT")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .setter(new CommandLine.Model.ISetter() {
                    @Override
                    public <T> T set(T value) {
                        command.take(value);
                        return value;
                    }
                })
                .build());
        kwm.addSubcommand(name, spec);
    }

    private void take(Object value) {
        List<String> taken = new ArrayList<>();
        if (value instanceof List<?> given) {
            given.forEach(argument -> taken.add(String.valueOf(argument)));
        }
        arguments = taken;
    }

    private int run() {
        List<String> line = new ArrayList<>();
        line.add(name);
        String lab = LabFolder.DEFAULT;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--lab") && i + 1 < arguments.size()) {
                lab = arguments.get(++i);
            } else if (argument.startsWith("--lab=")) {
                lab = argument.substring("--lab=".length());
            } else {
                line.add(argument);
            }
        }
        if (line.contains("--help") || line.contains("-h")) {
            System.out.print(HelpStyle.ofOperators(name));
            return ExitStatus.FINE;
        }
        LabFolder folder = LabFolder.find(lab);
        StateFolder state = StateFolder.of(folder.name());
        OptionalInt status = new ControlClient(state.run()).run(line, OwnScreen.here(), System.out, System.err);
        if (status.isPresent()) {
            return status.getAsInt();
        }
        return OperatorPorts.run(
                OperatorPorts.offline(Declared.orExplain(folder), state),
                line,
                OwnScreen.here(),
                System.out,
                System.err);
    }
}
