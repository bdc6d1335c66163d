package kwangmyong.lab.command;

import java.util.Arrays;
import java.util.List;
import kwangmyong.console.command.CommandInterpreter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** One way to look for the help of every command: what it does, what it takes, what it exits with, examples. */
public final class HelpStyle {
    /** In characters, where the terminal does not say that it is narrower. */
    private static final int WIDTH = 100;

    private static final int NARROWEST = 60;

    private HelpStyle() {}

    /** Gives a command and all below it this style, and returns it. */
    public static CommandLine on(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        UsageMessageSpec usage = spec.usageMessage();
        usage.width(width());
        usage.sortOptions(false);
        usage.parameterListHeading("%n");
        if (spec.parent() != null) {
            usage.descriptionHeading(usage.description().length == 0 ? "" : "%n");
            OptionSpec version = spec.findOption("-V");
            if (version != null) {
                spec.remove(version); // of the whole, not of a part
            }
        }
        if (usage.exitCodeList().isEmpty() && !command.getSubcommands().isEmpty()) {
            usage.exitCodeListHeading("");
        } else {
            usage.exitCodeListHeading("%nExit status:%n");
        }
        if (usage.footer().length > 0) {
            usage.footerHeading("%nExamples:%n");
        }
        command.getSubcommands().values().forEach(HelpStyle::on);
        return command;
    }

    /** The help of an operator's command, as somebody needs it who types it after {@code kwm}. */
    static String ofOperators(String name) {
        CommandLine command = CommandInterpreter.model("kwm").getSubcommands().get(name);
        if (command == null) {
            throw new IllegalArgumentException("no operator's command is called " + name);
        }
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(width());
        usage.footer(Arrays.stream(usage.footer())
                .map(line -> line.startsWith("  " + name) ? "  kwm" + line.substring(1) : line)
                .toArray(String[]::new));
        return command.getUsageMessage()
                + String.join(
                        System.lineSeparator(),
                        List.of(
                                "",
                                "With --lab LAB it is about another lab than kwangmyong.",
                                "Exit status: 0 fine, 1 a check failed, 2 bad usage, 3 the lab is not running.",
                                ""));
    }

    private static int width() {
        String columns = System.getenv("COLUMNS");
        try {
            return columns == null ? WIDTH : Math.max(NARROWEST, Math.min(Integer.parseInt(columns), WIDTH));
        } catch (NumberFormatException notANumber) {
            return WIDTH;
        }
    }
}
