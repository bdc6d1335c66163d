package kwangmyong.bench.trial;

import java.io.IOException;
import java.nio.channels.Channels;
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
    private static final int LAST_OCTETS = 1 << 14;
    private static final int LAST_LINES = 3;
    private static final int LONGEST_LINE = 300;

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** What it has printed so far, at most the last mebibyte of it. */
    String said() {
        return last(MOST_READ);
    }

    private String last(int octets) {
        try (var in = Files.newByteChannel(log)) {
            long from = Math.max(0, in.size() - octets);
            return new String(Channels.newInputStream(in.position(from)).readNBytes(octets), StandardCharsets.UTF_8);
        } catch (IOException nothingYet) {
            return "";
        }
    }

    /** Its last lines as one. */
    String lastWords() {
        List<String> lines =
                last(LAST_OCTETS).lines().filter(line -> !line.isBlank()).toList();
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
