package kwangmyong.bench.trial;

import java.util.ArrayList;
import java.util.List;

/** A recipe's script as a command. */
final class Script {
    /** In KiB, as ulimit counts: no file that a program writes grows beyond, its log included. */
    private static final int LARGEST_FILE = 64 << 10;

    private Script() {}

    /** The words that run it; {@code isStep} has it end at the first command that fails. */
    static List<String> words(String script, boolean isStep) {
        List<String> words = new ArrayList<>(List.of("bash"));
        words.add(isStep ? "-ec" : "-c");
        words.add("ulimit -c 0 -f " + LARGEST_FILE + "; PATH=$PATH:/usr/sbin:/sbin\n" + script);
        return words;
    }
}
