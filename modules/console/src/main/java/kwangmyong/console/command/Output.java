package kwangmyong.console.command;

import picocli.CommandLine.Option;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The options that every command has. */
final class Output {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
            .build();

    /** The option that has output come in one piece. */
    static final String NO_PAGER = "--no-pager";

    @Option(names = "--json", description = "Print JSON instead of text, for programs.")
    private boolean json;

    @SuppressWarnings("UnusedVariable") // whoever shows the output looks at the words
    @Option(names = NO_PAGER, description = "On a terminal, do not stop at each screenful.")
    private boolean noPager;

    @SuppressWarnings("UnusedVariable") // picocli looks for the option, not at its value
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    boolean isJson() {
        return json;
    }

    /** Prints {@code value} as one line of JSON, names in snake_case and words in lower case as in the journal. */
    static void json(Invocation invocation, Object value) {
        invocation.out().println(MAPPER.writeValueAsString(value));
    }
}
