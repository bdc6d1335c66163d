package kwangmyong.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The words of an operator's command as an experiment writes it. */
final class BenchWords {
    /** A word, or several within quotes of either kind. */
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private BenchWords() {}

    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        WORD.matcher(line)
                .results()
                .forEach(found -> words.add(
                        found.group(1) != null
                                ? found.group(1)
                                : found.group(2) != null ? found.group(2) : found.group(3)));
        return words;
    }
}
