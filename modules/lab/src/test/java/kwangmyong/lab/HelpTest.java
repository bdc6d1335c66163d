package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import kwangmyong.console.command.CommandInterpreter;
import kwangmyong.lab.command.CommandGroups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What somebody reads who has never used {@code kwm}. */
class HelpTest {
    /** As wide as help is printed where nobody says otherwise. */
    private static final int WIDTH = 100;

    private static final int LONGEST_HEADER = 84;

    static Stream<CommandLine> ownCommands() {
        List<CommandLine> all = new ArrayList<>();
        Kwm.commands().getSubcommands().forEach((name, command) -> {
            if (!CommandInterpreter.headers().containsKey(name)) {
                add(command, all);
            }
        });
        return all.stream();
    }

    private static void add(CommandLine command, List<CommandLine> all) {
        if (!command.getCommandSpec().usageMessage().hidden()) {
            all.add(command);
            command.getSubcommands().values().forEach(below -> add(below, all));
        }
    }

    static Stream<CommandLine> operatorsCommands() {
        return CommandInterpreter.model("").getSubcommands().values().stream()
                .filter(command -> !command.getCommandName().equals("help"));
    }

    @ParameterizedTest
    @MethodSource("ownCommands")
    void everyCommandSaysWhatItDoesInALine(CommandLine command) {
        String[] header = command.getCommandSpec().usageMessage().header();
        assertThat(header).hasSize(1);
        assertThat(header[0]).endsWith(".").hasSizeLessThanOrEqualTo(LONGEST_HEADER);
    }

    @ParameterizedTest
    @MethodSource("ownCommands")
    void everyCommandShowsExamplesThatItTakes(CommandLine command) {
        List<String> examples =
                Arrays.asList(command.getCommandSpec().usageMessage().footer());
        assertThat(examples)
                .anyMatch(
                        line -> line.startsWith("  " + command.getCommandSpec().qualifiedName()));
        for (String example : examples) {
            assertThat(example).hasSizeLessThanOrEqualTo(WIDTH);
            if (example.startsWith("  kwm ")) {
                String[] words = words(example.strip().substring("kwm ".length()));
                assertThatCode(() -> Kwm.commands(words).parseArgs(words))
                        .as(example)
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ownCommands")
    void everyCommandSaysWhatItExitsWith(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        if (command.getSubcommands().isEmpty()) {
            assertThat(usage.exitCodeList()).isNotEmpty();
            assertThat(command.getUsageMessage()).contains("Exit status:");
        }
    }

    @ParameterizedTest
    @MethodSource("ownCommands")
    void helpIsNoWiderThanATerminal(CommandLine command) {
        assertThat(command.getUsageMessage().lines()).allMatch(line -> line.length() <= WIDTH);
    }

    @ParameterizedTest
    @MethodSource("operatorsCommands")
    void everyCommandOfOperatorsShowsExamplesThatItTakes(CommandLine command) {
        List<String> examples = Arrays.stream(
                        command.getCommandSpec().usageMessage().footer())
                .filter(line -> line.startsWith("  " + command.getCommandName()))
                .toList();
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            String[] words = words(example.strip());
            assertThatCode(() -> CommandInterpreter.model("").parseArgs(words))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theListOfCommandsHasEachInOneGroup() {
        List<String> listed = new ArrayList<>();
        CommandGroups.all().values().forEach(listed::addAll);
        List<String> visible = Kwm.commands().getSubcommands().entrySet().stream()
                .filter(command ->
                        !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(java.util.Map.Entry::getKey)
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(visible);
    }

    /** As a shell would part them, as far as the examples need it. */
    private static String[] words(String line) {
        String command = line.replaceFirst(" [|<>] .*", "");
        List<String> words = new ArrayList<>();
        java.util.regex.Pattern.compile("'([^']*)'|(\\S+)")
                .matcher(command)
                .results()
                .forEach(found -> words.add(found.group(1) == null ? found.group(2) : found.group(1)));
        return words.toArray(String[]::new);
    }
}
