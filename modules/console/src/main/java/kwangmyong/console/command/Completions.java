package kwangmyong.console.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.RuleView;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.api.SlowedView;
import kwangmyong.access.api.SubjectView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What may stand at a place of a command line, from the commands' own declarations and from who is where. */
final class Completions {
    private final Operations operations;

    Completions(Operations operations) {
        this.operations = operations;
    }

    /**
     * Candidates for one word.
     *
     * @param words of the line so far, the command's name first
     * @param index of the word to complete
     */
    List<String> candidates(List<String> words, int index) {
        CommandLine tree = Commands.tree(null, "");
        if (index == 0 || words.isEmpty() || (index == 1 && words.get(0).equals("help"))) {
            return List.copyOf(tree.getSubcommands().keySet());
        }
        CommandLine command = tree.getSubcommands().get(words.get(0));
        if (command == null) {
            return List.of();
        }
        CommandSpec spec = command.getCommandSpec();
        OptionSpec before = spec.findOption(words.get(index - 1));
        if (before != null && before.arity().max() > 0) {
            return values(before.paramLabel());
        }
        String word = index < words.size() ? words.get(index) : "";
        if (word.startsWith("-")) {
            return spec.options().stream()
                    .flatMap(option -> Stream.of(option.names()))
                    .toList();
        }
        String label = positional(spec, words, index);
        return label == null ? List.of() : values(label);
    }

    /** The label of the positional parameter at {@code index}; null when there is none. */
    private static @Nullable String positional(CommandSpec spec, List<String> words, int index) {
        int position = 0;
        for (int i = 1; i < index; i++) {
            OptionSpec option = spec.findOption(words.get(i));
            if (option == null) {
                position++;
            } else if (option.arity().max() > 0) {
                i++;
            }
        }
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            if (parameter.index().contains(position)) {
                return parameter.paramLabel();
            }
        }
        return null;
    }

    private List<String> values(String label) {
        return switch (label) {
            case "SUBJECT" ->
                operations.subjects().stream().map(SubjectView::name).toList();
            case "TERMINAL" -> terminals();
            case "SESSION" ->
                operations.sessions().stream().map(SessionView::id).toList();
            case "RULE" ->
                operations.rules().stream().map(RuleView::id).distinct().toList();
            case "SUBJECT|TERMINAL" ->
                Stream.concat(operations.subjects().stream().map(SubjectView::name), terminals().stream())
                        .toList();
            case "WHO" -> operations.slowed().stream().map(SlowedView::who).toList();
            case "ID" -> operations.grants().stream().map(GrantView::id).toList();
            case "SCOPES" -> Stream.of(Scope.values()).map(Scope::word).toList();
            case "KEY=VALUE" ->
                JournalEntry.FIELDS.stream().map(field -> field + "=").toList();
            default -> List.of();
        };
    }

    private List<String> terminals() {
        var terminals = new ArrayList<String>();
        operations.sessions().stream().map(SessionView::terminal).forEach(terminals::add);
        operations.subjects().stream().map(SubjectView::seats).forEach(terminals::addAll);
        return terminals.stream().distinct().sorted().toList();
    }
}
