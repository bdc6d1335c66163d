package kwangmyong.lab.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this process was started, to start another of its kind. */
public final class OwnProgram {
    /** What it calls itself, in backups and beside results. */
    public static final String VERSION = "0.1.0";

    /** The class that {@code scripts/kwm} and the images start. */
    static final String MAIN = "kwangmyong.lab.Kwm";

    private static final Path SELF = Path.of("/proc/self/cmdline");
    private static final List<String> PARTICULAR = List.of("-Dkwm.ready=", "-Dkwm.enter=");

    private OwnProgram() {}

    /** The same Java with the same options, on other arguments; what this process alone was told is left out. Linux. */
    public static List<String> with(String... arguments) {
        try {
            return words(Files.readString(SELF, StandardCharsets.UTF_8), List.of(arguments));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("how this process was started cannot be read", unreadable);
        }
    }

    /** @param own as proc_pid_cmdline(5) has it: words, each ended by a zero */
    static List<String> words(String own, List<String> arguments) {
        List<String> words = new ArrayList<>();
        for (String word : own.split("\0", -1)) {
            if (PARTICULAR.stream().noneMatch(word::startsWith)) {
                words.add(word);
            }
            if (word.equals(MAIN)) {
                words.addAll(arguments);
                return words;
            }
        }
        throw new IllegalStateException("this process was not started as " + MAIN);
    }
}
