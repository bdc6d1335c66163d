package kwangmyong.bench.trial;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Resources that count as one when journals of trials are compared, since which of them a tool asks for is a lot of its own: labels of one-time use, the
 * time in a URL, a relay picked from a list. What is folded reads as the fold itself.
 *
 * @param shown what stands in place of the resource
 * @param among what it stands for
 */
record Fold(String shown, Pattern among) {
    /** In a label of a name that carries data anything may stand, a slash too; in a URL a slash ends the host before it. */
    private static final String LABELS_OF_A_QUESTION = "\\S+";

    private static final String LABELS_OF_A_HOST = "[^\\s/:@]+";
    private static final String ANYTHING = "[^\\s/]+";
    private static final String NAME_ENDS = "(?![A-Za-z0-9-])";

    /** @param recipe a name with a dot before it, or a part of a resource in which {@code *} stands for anything but a slash or a space */
    static Fold of(String recipe) {
        return recipe.startsWith(".")
                ? new Fold("*" + recipe, pattern(LABELS_OF_A_HOST + Pattern.quote(recipe) + NAME_ENDS))
                : new Fold(recipe, pattern(starred(recipe)));
    }

    /** As {@link #of}, for the resources of questions to the name server. */
    static Fold ofQuestion(String recipe) {
        return recipe.startsWith(".")
                ? new Fold("*" + recipe, pattern("^" + LABELS_OF_A_QUESTION + Pattern.quote(recipe) + NAME_ENDS))
                : of(recipe);
    }

    String apply(String resource) {
        return among.matcher(resource).replaceAll(Matcher.quoteReplacement(shown));
    }

    private static String starred(String recipe) {
        return "(?<!\\S)"
                + Arrays.stream(recipe.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(ANYTHING))
                + "(?!\\S)";
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
