package kwangmyong.bench.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of a trial.
 *
 * @param log what it prints
 */
record Running(String name, Process process, Path log) {
    private static final int MOST_READ = 1 << 20;
    private static final int LAST_LINES = 3;
    private static final int LONGEST_LINE = 300;

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** What it has printed so far, at most its first mebibyte. */
    String said() {
        try (var in = Files.newInputStream(log)) {
            return new String(in.readNBytes(MOST_READ), StandardCharsets.UTF_8);
        } catch (IOException nothingYet) {
            return "";
        }
    }

    /** Its last lines as one. */
    String lastWords() {
        List<String> lines = said().lines().filter(line -> !line.isBlank()).toList();
        try (Stream<String> last = lines.stream().skip(Math.max(0, lines.size() - LAST_LINES))) {
            return last.map(line -> line.strip())
                    .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
                    .reduce((one, next) -> one + "; " + next)
                    .orElse("it said nothing");
        }
    }

    void end() {
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
